import { runCampaign, type Tally } from './campaign.mts';
import { exampleFor, SUBJECTS } from './examples.mts';
import { startSandbox } from '../../sandbox/server.mts';

/** The short form of `npm run test:faults`, always with the same faults. */
const SEED = 20_250_301;
const CALLS = 700;
const DEADLINE = 60_000;

it.each(SUBJECTS)('$name has an example', async (subject) => {
	const sandbox = await startSandbox();
	await sandbox.close();
	expect(exampleFor(subject, sandbox.tenant, 0)).toBeDefined();
});

describe(`${CALLS} calls, 20% of their requests faulty`, () => {
	let tally: Tally;
	beforeAll(async () => {
		tally = await runCampaign({ seed: SEED, calls: CALLS, share: 0.2, lanes: 12 });
	}, 120_000);

	it('runs every operation', () => {
		expect(Object.keys(tally.operations).sort()).toEqual(SUBJECTS.map(({ name }) => name).sort());
		expect(tally.faults).toBeGreaterThan(CALLS * 0.1);
	});

	it('loses, doubles and conceals nothing', () => {
		const { lost, doubled, unreported, findings } = tally;
		expect({ lost, doubled, unreported, findings }).toEqual({
			...{ lost: 0, doubled: 0, unreported: 0 },
			findings: [],
		});
	});

	it('reports clearly what failed', () => expect(tally.unclear).toBe(0));
	it('sends nothing when an execution has ended', () => expect(tally.late).toBe(0));
	it('ends in time', () => expect(tally.longest).toBeLessThan(DEADLINE));
});
