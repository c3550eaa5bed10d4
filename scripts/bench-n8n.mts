/**
 * `npm run bench:n8n`: how fast the package is in the real n8n, next to n8n's own HTTP Request node and to
 * clients that need no n8n, against a sandbox in a process of its own. Installs n8n on first use (see
 * test/n8n/install.mts). `-- --quick` takes a few minutes.
 */
import { compare, type Scenario } from '../bench/compare.mts';
import { notCovered } from '../bench/coverage.mts';
import { FIGURE_GOALS } from '../bench/goals.mts';
import { InN8n } from '../bench/inN8n.mts';
import { itemScenarios, pageScenarios, windowScenarios } from '../bench/n8nScenarios.mts';
import { readExtent } from '../bench/options.mts';
import { savePlot } from '../bench/plot.mts';
import { asMarkdown, load, resultsOf, save } from '../bench/report.mts';
import { startTenant } from '../bench/tenant.mts';
import { installN8n } from '../test/n8n/install.mts';
import { openInstance } from '../test/n8n/instance.mts';

/** A usual distance to the cloud, in milliseconds. */
const USUAL = 50;
const FIRST_PAGE = 'First page of a picker at 50 ms';

async function main(): Promise<void> {
	const awaited = notCovered();
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
			...(await windowScenarios(tenant, n8n, extent, say)),
		];
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
				figures: firstPage
					? [
							{
								what: FIRST_PAGE,
								...{ value: firstPage.median, unit: 'ms', spread: firstPage },
								goal: FIGURE_GOALS[FIRST_PAGE],
							},
						]
					: [],
				notCovered: awaited,
			},
			before,
		);
		console.log(asMarkdown(all));
		console.log(`\nWritten to ${await save('n8n', all)} and ${await savePlot('n8n', all)}`);
		console.log('npm run docs puts them into README.md and docs/performance.md.');
	} finally {
		await tenant.close();
		await instance.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
