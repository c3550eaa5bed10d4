/**
 * `npm run bench:n8n`: measures the package in the real n8n, next to n8n's own HTTP Request node and to
 * clients that need no n8n, against a sandbox in a separate process. Installs n8n on first use (see
 * test/n8n/install.mts). `-- --quick` takes a few minutes; `-- --items` measures only single records, and
 * `-- --load` tenants under load, and each keeps the rest of the results; `-- --profile` shows where the time
 * goes instead.
 */
import { compare, type Scenario } from '../bench/compare.mts';
import { assertMeasured } from '../bench/coverage.mts';
import { FIGURE_GOALS } from '../bench/goals.mts';
import { InN8n } from '../bench/inN8n.mts';
import { saveCurves } from '../bench/curves.mts';
import { loadScenarios, type Say } from '../bench/loadScenarios.mts';
import {
	itemScenarios,
	pageScenarios,
	shortScenarios,
	windowScenarios,
} from '../bench/n8nScenarios.mts';
import { readExtent, type Extent } from '../bench/options.mts';
import { savePlot } from '../bench/plot.mts';
import { profileInN8n } from '../bench/profile.mts';
import { asMarkdown, load, readResults, resultsOf, save, type Results } from '../bench/report.mts';
import { startTenant, type BenchTenant } from '../bench/tenant.mts';
import { installN8n } from '../test/n8n/install.mts';
import { openInstance, type Instance } from '../test/n8n/instance.mts';

/** A typical latency to the cloud, in milliseconds. */
const USUAL = 50;
const FIRST_PAGE = 'First page of a picker at 50 ms';

async function main(): Promise<void> {
	assertMeasured();
	const extent = readExtent();
	const before = { load: load(), at: Date.now() };
	const say = (line: string) => console.error(line);
	const { version } = await installN8n(say);
	const instance = await openInstance({}, say);
	const tenant = await startTenant(extent.users);
	try {
		const n8n = await InN8n.open(instance, tenant);
		const scenarios: Scenario[] = [
			...(await itemScenarios(tenant, n8n, extent, say)),
			...(await pageScenarios(tenant, n8n, extent, say)),
			...(await shortScenarios(tenant, n8n, extent, say)),
			...(await windowScenarios(tenant, n8n, extent, say)),
			...(extent.isQuick ? [] : await longListScenarios(instance, extent, say)),
		];
		const underLoad = await loadScenarios(tenant, n8n, extent, say);
		const plotted = await saveCurves(extent.isQuick ? 'width-quick' : 'width', underLoad.curves);

		say(`Pickers, ${USUAL} ms ...`);
		await tenant.setLatency(USUAL);
		const pickers = [
			n8n.picker('first page'),
			n8n.picker('first page of a filter that fits many', 'a'),
			n8n.picker('a filter that fits one of the last', await tenant.lastUser()),
		];
		const title = `A picker of ${extent.users} entries`;
		const results = await compare(pickers, extent.rounds);
		scenarios.push({ name: 'pickers', title, latency: USUAL, results });
		await tenant.setLatency(0);

		const firstPage = results[0]?.ms;
		const all = resultsOf(
			{
				command: `npm run bench:n8n${extent.isQuick ? ' -- --quick' : ''}`,
				isQuick: extent.isQuick,
				host: `n8n ${version}`,
				scenarios,
				figures: [
					...underLoad.figures,
					...(firstPage
						? [
								{
									what: FIRST_PAGE,
									...{ value: firstPage.median, unit: 'ms', spread: firstPage },
									goal: FIGURE_GOALS[FIRST_PAGE],
								},
							]
						: []),
				],
			},
			before,
		);
		console.log(asMarkdown(all));
		console.log(
			`\nWritten to ${await save('n8n', all)} ${await savePlot('n8n', all)} and ${plotted}`,
		);
		console.log('npm run docs puts them into docs/performance.md.');
	} finally {
		await tenant.close();
		await instance.close();
	}
}

type Part = Partial<Pick<Results, 'scenarios' | 'figures'>>;

/** A part alone: what it measures takes the place of that in the results. */
async function anew(measure: typeof itemsAnew): Promise<void> {
	const say = (line: string) => console.error(line);
	const before = { load: load(), at: Date.now() };
	const old = await readResults('n8n');
	await installN8n(say);
	const instance = await openInstance({}, say);
	const tenant = await startTenant(readExtent().users);
	try {
		const n8n = await InN8n.open(instance, tenant);
		const part = await measure(tenant, n8n, say);
		const scenarios = old.scenarios.map((one) => {
			const isAnew = ({ name, latency }: Scenario) => name === one.name && latency === one.latency;
			return part.scenarios?.find(isAnew) ?? one;
		});
		const figures = old.figures.map((one) => {
			return part.figures?.find(({ what }) => what === one.what) ?? one;
		});
		const all = resultsOf({ ...old, scenarios, figures }, before);
		console.log(asMarkdown({ ...all, ...part }));
		console.log(`\nWritten to ${await save('n8n', all)} ${await savePlot('n8n', all)}`);
	} finally {
		await tenant.close();
		await instance.close();
	}
}

/** Single records, at all latencies. */
async function itemsAnew(tenant: BenchTenant, n8n: InN8n, say: Say): Promise<Part> {
	return { scenarios: await itemScenarios(tenant, n8n, readExtent(), say) };
}

/** Tenants under load, and the picture of the requests under way at them. */
async function loadAnew(tenant: BenchTenant, n8n: InN8n, say: Say): Promise<Part> {
	const { figures, curves } = await loadScenarios(tenant, n8n, readExtent(), say);
	await saveCurves('width', curves);
	return { scenarios: [], figures };
}

/** A list ten times as long, at a latency that all the others share. */
async function longListScenarios(
	instance: Instance,
	extent: Extent,
	say: (line: string) => void,
): Promise<Scenario[]> {
	const tenant = await startTenant(extent.mostUsers);
	try {
		const n8n = await InN8n.open(instance, tenant);
		const pageLatencies = { 100: [20], 1000: [20] };
		const long = { ...extent, users: extent.mostUsers, pageLatencies };
		const scenarios = await pageScenarios(tenant, n8n, long, say);
		return scenarios.map((one) => ({ ...one, name: `long list in ${one.name}` }));
	} finally {
		await tenant.close();
	}
}

const has = (option: string) => process.argv.includes(option);
async function work(): Promise<void> {
	if (has('--profile')) return await profileInN8n();
	if (has('--items')) return await anew(itemsAnew);
	if (has('--load')) return await anew(loadAnew);
	await main();
}

work().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
