/**
 * `npm run bench`: measures the package in n8n's own engine, in this process, next to other clients that
 * do the same, against a sandbox in a separate process. At the end, it measures Synchronize in the real
 * n8n, which has the nodes that people use without it (test/n8n/install.mts installs it on first use).
 * `-- --quick` takes about two minutes instead of fifteen; `-- --synchronize` measures only Synchronize.
 */
import { compare, type Scenario } from '../bench/compare.mts';
import { assertMeasured } from '../bench/coverage.mts';
import {
	itemScenarios,
	pageScenarios,
	scimScenarios,
	windowScenarios,
} from '../bench/engineScenarios.mts';
import { InEngine } from '../bench/inEngine.mts';
import { readExtent, type Extent } from '../bench/options.mts';
import { asMarkdown, load, resultsOf, save } from '../bench/report.mts';
import { synchronizeScenario } from '../bench/synchronize.mts';
import { startTenant } from '../bench/tenant.mts';
import { coldLoad, growth, unpackedSize } from '../bench/weight.mts';
import { installN8n } from '../test/n8n/install.mts';
import { openInstance } from '../test/n8n/instance.mts';

/** A typical latency to the cloud, in milliseconds. */
const USUAL = 50;
const LISTED_BY_HR = 5_000;

/** Lists so long that the real n8n would spend its time storing them. */
async function crowdScenarios(extent: Extent, say: (line: string) => void): Promise<Scenario[]> {
	const users = extent.mostUsers;
	const crowd = await startTenant(users);
	const pageLatencies = { 100: [USUAL], 1000: [USUAL] };
	const scenarios = await pageScenarios(
		crowd,
		new InEngine(crowd),
		users,
		{ ...extent, pageLatencies },
		say,
	);
	await crowd.close();
	return scenarios;
}

/** Synchronize beside what people build without it. Its results have a separate file. */
async function measureSynchronize(): Promise<void> {
	const say = (line: string) => console.error(line);
	const { isQuick, rounds } = readExtent();
	const before = { load: load(), at: Date.now() };
	const { version } = await installN8n(say);
	const instance = await openInstance({}, say);
	const tenant = await startTenant(LISTED_BY_HR);
	try {
		say(`Synchronize, ${LISTED_BY_HR} users, ${USUAL} ms ...`);
		const { scenario, figures } = await synchronizeScenario(instance, tenant, USUAL, rounds);
		const results = resultsOf(
			{
				command: 'npm run bench -- --synchronize',
				...{ isQuick, host: `n8n ${version}`, scenarios: [scenario], figures },
			},
			before,
		);
		console.log(asMarkdown(results));
		console.log(`\nWritten to ${await save('synchronize', results)}`);
	} finally {
		await tenant.close();
		await instance.close();
	}
}

async function main(): Promise<void> {
	assertMeasured();
	const extent = readExtent();
	const before = { load: load(), at: Date.now() };
	const tenant = await startTenant(extent.users);
	const engine = new InEngine(tenant);
	const say = (line: string) => console.error(line);

	const scenarios: Scenario[] = [
		...(await itemScenarios(tenant, engine, extent, say)),
		...(await pageScenarios(tenant, engine, extent.users, extent, say)),
		...(await scimScenarios(tenant, engine, USUAL, extent, say)),
		...(await windowScenarios(tenant, engine, extent.users, extent, say)),
	];
	say(`Single calls and pickers, ${USUAL} ms ...`);
	await tenant.setLatency(USUAL);
	const calls = [engine.validCall(), engine.firstCall(), engine.callAfterExpiry()];
	const pickers = [
		engine.picker('first page'),
		engine.picker('first page of a filter that fits many', 'a'),
		engine.picker('a filter that fits one of the last', await tenant.lastUser()),
	];
	for (const [title, contenders] of [
		['A single call', calls],
		[`A picker of ${extent.users} entries`, pickers],
	] as const) {
		const results = await compare([...contenders], extent.rounds);
		scenarios.push({ name: title, title, latency: USUAL, results });
	}
	await tenant.close();
	if (!extent.isQuick) scenarios.push(...(await crowdScenarios(extent, say)));

	say('Weight and growth ...');
	const sizes = [1_000, 10_000, 100_000].filter((size) => size <= extent.mostUsers);
	const figures = [
		await coldLoad(),
		await unpackedSize(),
		...(await growth(sizes, async (users) => {
			const crowd = await startTenant(users);
			return { engine: new InEngine(crowd), close: async () => await crowd.close() };
		})),
	];

	const results = resultsOf(
		{
			command: `npm run bench${extent.isQuick ? ' -- --quick' : ''}`,
			isQuick: extent.isQuick,
			host: "n8n's engine in this process",
			...{ scenarios, figures },
		},
		before,
	);
	console.log(asMarkdown(results));
	const file = await save('engine', results);
	console.log(`\nWritten to ${file}`);
	if (!extent.isQuick) await measureSynchronize();
	console.log('npm run docs adds them to docs/performance.md.');
}

const work = process.argv.includes('--synchronize') ? measureSynchronize : main;

work().then(
	// n8n's engine keeps timers running.
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
