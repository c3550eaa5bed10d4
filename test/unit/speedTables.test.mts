import type { Scenario } from '../../bench/compare.mts';
import { goalsIn, ratiosOf } from '../../bench/goals.mts';
import {
	APPSPACE,
	COMPARED_DATASETS,
	HTTP_CREDENTIAL,
	SYNCHRONIZE,
	UNDICI,
} from '../../bench/names.mts';
import type { Results } from '../../bench/report.mts';
import { goalsTable, ratiosTable, synchronizeTable } from '../../scripts/speedTables.mts';

const measured = (name: string, recordsPerSecond: number) => ({
	...{ name, recordsPerSecond, records: 1_000 },
	ms: { median: 1_000, low: 900, high: 1_100, runs: 5 },
});
const scenarios: Scenario[] = [
	{
		...{ name: 'items', title: 'One record for each of 1000 items', latency: 0 },
		results: [measured(APPSPACE, 400), measured(HTTP_CREDENTIAL, 100), measured(UNDICI, 1_000)],
	},
	{
		...{ name: 'items', title: 'One record for each of 1000 items', latency: 20 },
		results: [measured(APPSPACE, 300), measured(HTTP_CREDENTIAL, 100), measured(UNDICI, 500)],
	},
];
const results: Results = {
	...{ command: 'npm run bench:n8n', isQuick: false, host: 'n8n 0', took: 1 },
	finishedAt: '2030-01-02T03:04:05.000Z',
	machine: { processor: '', cores: 2, node: 'v24', loadBefore: 0, loadAfter: 0 },
	figures: [{ what: 'Cold load, over an empty node', value: 26, unit: 'ms' }],
	...{ scenarios, ratios: ratiosOf(scenarios) },
};

it('every goal is listed, measured or not', () => {
	const goals = goalsIn([undefined, undefined], undefined);
	expect(goals).toHaveLength(12);
	expect(goals.filter(({ isMet }) => isMet !== undefined)).toEqual([]);
	expect(goalsTable({}).match(/not measured/g)).toHaveLength(12);
});

it('a goal is met or missed by what was measured in the real n8n', () => {
	const said = goalsIn([results], results).filter(({ isMet }) => isMet !== undefined);
	expect(said.map(({ measured: value, isMet }) => [value, isMet])).toEqual([
		// Of several latencies, the worst counts.
		['3.00 times', false],
		['26 ms', false],
	]);
});

it('ratios stand by latency, with the command that prints them and the plot', () => {
	const text = ratiosTable({ n8n: results, plot: 'bench/results/n8n.svg' });
	expect(text).toMatch(/same credential \| 4\.0 times \| 3\.0 times \|/);
	expect(text).toMatch(/undici, 128 in flight +\| 0\.4 times \| 0\.6 times \|/);
	expect(text).toContain('`npm run bench:n8n`: n8n 0, 2 cores, medians of 5, 2030-01-02');
	expect(text).toContain('](../bench/results/n8n.svg)');
});

it('what Synchronize costs stands beside what the workflow without it costs', () => {
	const of = (name: string, seconds: number) => ({
		...measured(name, 5_000 / seconds),
		ms: { median: seconds * 1_000, low: 1, high: 9_000, runs: 5 },
	});
	const contenders = [of(SYNCHRONIZE, 4), of(COMPARED_DATASETS, 10)];
	const scenario = { name: 'synchronize', title: 'Some users', latency: 50, results: contenders };
	const requests = (name: string, value: number) => ({
		...{ what: `${name}: some users`, value, unit: 'requests' },
	});
	const text = synchronizeTable({
		synchronize: {
			...{ ...results, scenarios: [scenario], ratios: ratiosOf([scenario]) },
			figures: [requests(SYNCHRONIZE, 100), requests(COMPARED_DATASETS, 180)],
		},
	});
	expect(text).toMatch(/\| Synchronize +\| 100 +\| 1\.0 times +\| 4\.0 s +\| 1\.0 times +\|/);
	expect(text).toMatch(/Deactivate +\| 180 +\| 1\.8 times +\| 10\.0 s +\| 2\.5 times +\|/);
	expect(ratiosOf([scenario])).toMatchObject([{ over: COMPARED_DATASETS, ratio: 2.5 }]);
	expect(synchronizeTable({})).toContain('no measurements yet');
});
