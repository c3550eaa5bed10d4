import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { markdownTable } from 'markdown-table';
import { goalsIn, type Ratio } from '../bench/goals.mts';
import {
	FETCH,
	HTTP_CREDENTIAL,
	HTTP_STATIC,
	SYNCHRONIZE,
	UNDICI,
	UNDICI_AHEAD,
} from '../bench/names.mts';
import { asMarkdown, type Results } from '../bench/report.mts';

/** The results of the last benchmarks. */
export interface Measurements {
	/** In the real n8n. */
	n8n?: Results;
	/** In n8n's engine only. */
	engine?: Results;
	/** Synchronize, in the real n8n. */
	synchronize?: Results;
	/** The plot that belongs to `n8n`, relative to the repository. */
	plot?: string;
}

const FOLDER = 'bench/results';
const OTHERS = [HTTP_CREDENTIAL, HTTP_STATIC, FETCH, UNDICI, UNDICI_AHEAD];
const TASKS: Record<string, string> = {
	items: 'One record for each item',
	'pages of 100': 'Get Many, pages of 100',
	'pages of 1000': 'Get Many, pages of 1,000',
};

/** The results in `bench/results`: those of a full run, or of a quick one if there is no other. */
export async function readMeasurements(): Promise<Measurements> {
	const nameOf = (name: string) =>
		[name, `${name}-quick`].find((one) => existsSync(`${FOLDER}/${one}.json`));
	const [n8n, engine, synchronize] = ['n8n', 'engine', 'synchronize'].map(nameOf);
	const read = async (name: string | undefined) =>
		name === undefined
			? undefined
			: (JSON.parse(await readFile(`${FOLDER}/${name}.json`, 'utf8')) as Results);
	return {
		...{ n8n: await read(n8n), engine: await read(engine), synchronize: await read(synchronize) },
		plot: n8n && `${FOLDER}/${n8n}.svg`,
	};
}

/** How many times as fast the Appspace node is as others, by latency, and the plot. */
export function ratiosTable({ n8n, plot }: Measurements): string {
	if (!n8n || plot === undefined) return 'There are no measurements yet: run `npm run bench:n8n`.';
	const latencies = [...new Set(n8n.ratios.map(({ latency }) => latency))].sort((a, b) => a - b);
	const rows = Object.entries(TASKS).flatMap(([scenario, task]) =>
		OTHERS.flatMap((over) => {
			const ratios = n8n.ratios.filter((one) => one.scenario === scenario && one.over === over);
			if (ratios.length === 0) return [];
			return [[task, over, ...latencies.map((latency) => cell(ratios, latency))]];
		}),
	);
	const head = ['Task', 'Compared to', ...latencies.map((latency) => `${latency} ms`)];
	return [
		markdownTable([head, ...rows]),
		`Printed by \`${n8n.command}\`: ${hostOf(n8n)}. The columns show how long Appspace takes to respond.`,
		`![Records a second of the Appspace node and of others](../${plot})`,
	].join('\n\n');
}

/** Every goal with its measurement. */
export function goalsTable({ n8n, engine, synchronize }: Measurements): string {
	const rows = goalsIn([n8n, engine, synchronize], n8n).map(({ what, goal, measured, isMet }) => [
		what,
		goal,
		measured ?? 'not measured',
		isMet === undefined ? '' : isMet ? 'met' : 'missed',
	]);
	return markdownTable([['What', 'Goal', 'Measured', 'Result'], ...rows]);
}

/** What it costs to make users agree with a list, with Synchronize and without. */
export function synchronizeTable({ synchronize }: Measurements): string {
	const [scenario] = synchronize?.scenarios ?? [];
	if (!synchronize || !scenario) {
		return 'There are no measurements yet: run `npm run bench -- --synchronize`.';
	}
	const costs = scenario.results.map(({ name, ms }) => {
		const requests = synchronize.figures.find(({ what }) => what.startsWith(`${name}: `))?.value;
		return { name, requests: requests ?? NaN, seconds: ms.median / 1_000 };
	});
	const ours = costs.find(({ name }) => name === SYNCHRONIZE);
	const times = (cost: number, own = NaN) => `${(cost / own).toFixed(1)} times`;
	const rows = costs.map(({ name, requests, seconds }) => [
		...[name, String(requests), times(requests, ours?.requests)],
		...[`${seconds.toFixed(1)} s`, times(seconds, ours?.seconds)],
	]);
	const head = ['How', 'Requests', 'Compared to Synchronize', 'Time', 'Compared to Synchronize'];
	return `${markdownTable([head, ...rows])}\n\n${scenario.title}. Printed by \`${synchronize.command}\`: ${hostOf(synchronize)}. Appspace takes ${scenario.latency} ms to respond.`;
}

/** All measurements. */
export function allNumbers({ n8n, engine, synchronize }: Measurements): string {
	return [n8n, engine, synchronize]
		.flatMap((results) =>
			results
				? [`## By \`${results.command}\`, in ${hostOf(results)}\n\n${asMarkdown(results)}`]
				: [],
		)
		.join('\n\n');
}

function cell(ratios: Ratio[], latency: number): string {
	const found = ratios.find((one) => one.latency === latency);
	return found ? `${found.ratio.toFixed(found.ratio < 10 ? 1 : 0)} times` : '';
}

function hostOf({ host, machine, finishedAt, scenarios }: Results): string {
	const runs = Math.min(...scenarios.flatMap(({ results }) => results.map(({ ms }) => ms.runs)));
	return `${host}, ${machine.cores} cores, medians of ${runs}, ${finishedAt.slice(0, 10)}`;
}
