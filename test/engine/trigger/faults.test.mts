import { runTriggerCampaign, type TriggerTally } from '../../faults/triggerCampaign.mts';
import { eventNames } from '../../support/triggerEngine.mts';

/** The short form of `npm run test:faults` for the trigger, always with the same faults. */
const SEED = 20_250_301;

let tally: TriggerTally;
beforeAll(async () => {
	tally = await runTriggerCampaign({ seed: SEED, lives: 1, lanes: 12 });
}, 120_000);

test('every event happened', () => {
	expect(Object.keys(tally.events).sort()).toEqual(eventNames().sort());
});

test('no fault makes the trigger lose, invent, or double an event', () => {
	const { lost, invented, doubled, findings } = tally;
	expect({ lost, invented, doubled, findings }).toEqual({
		...{ lost: 0, invented: 0, doubled: 0 },
		findings: [],
	});
});

test('failures are reported clearly', () => {
	expect(tally.reported).toBeGreaterThan(0);
	expect(tally.unclear).toBe(0);
});

test('nothing is sent when a poll has ended', () => expect(tally.late).toBe(0));
