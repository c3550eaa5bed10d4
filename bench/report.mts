import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import type { Scenario, Spread } from './compare.mts';
import { inUnit, ratiosOf, type Ratio } from './goals.mts';

/** One number that is not a comparison: a size, a time, an exponent. */
export interface Figure {
	what: string;
	value: number;
	unit: string;
	spread?: Spread;
	/** The maximum that meets the goal. */
	goal?: number;
}

export interface Results {
	/** `npm run bench` or the like. */
	command: string;
	isQuick: boolean;
	finishedAt: string;
	machine: {
		processor: string;
		cores: number;
		node: string;
		loadBefore: number;
		loadAfter: number;
	};
	/** The duration of the whole benchmark in seconds. */
	took: number;
	/** Where the nodes ran: n8n's engine or n8n itself, with its version. */
	host: string;
	scenarios: Scenario[];
	ratios: Ratio[];
	figures: Figure[];
}

const FOLDER = 'bench/results';

/** The machine's load, averaged over one minute; above the number of cores, times are too long. */
export const load = (): number => loadavg()[0] ?? NaN;

export function resultsOf(
	measured: Pick<Results, 'command' | 'isQuick' | 'host' | 'scenarios' | 'figures'>,
	before: { load: number; at: number },
): Results {
	return {
		...measured,
		finishedAt: new Date().toISOString(),
		machine: {
			processor: cpus()[0]?.model ?? 'unknown',
			cores: availableParallelism(),
			node: process.version,
			loadBefore: before.load,
			loadAfter: load(),
		},
		took: Math.round((Date.now() - before.at) / 1_000),
		ratios: ratiosOf(measured.scenarios),
	};
}

/** Writes the results next to those of earlier runs; a quick run never replaces a full one. */
export async function save(name: string, results: Results): Promise<string> {
	await mkdir(FOLDER, { recursive: true });
	const file = join(FOLDER, `${name}${results.isQuick ? '-quick' : ''}.json`);
	await writeFile(file, `${JSON.stringify(results, rounded, '\t')}\n`);
	return file;
}

/** The results that an earlier benchmark saved. */
export async function readResults(name: string): Promise<Results> {
	return JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')) as Results;
}

/** All measurements, as Markdown. */
export function asMarkdown({ scenarios, ratios, figures, machine, took, host }: Results): string {
	const parts = scenarios.map(({ title, latency, results }) => {
		const rows = results.map(({ name, ms, records, recordsPerSecond }) => [
			name,
			String(records),
			`${digits(ms.median)} (${digits(ms.low)} to ${digits(ms.high)}, ${ms.runs} runs)`,
			digits(recordsPerSecond),
		]);
		const head = ['Who', 'Records', 'Milliseconds', 'Records a second'];
		return `${title}, answers after ${latency} ms\n\n${markdownTable([head, ...rows])}`;
	});
	const ratioRows = ratios.map(({ scenario, latency, over, ratio, goal, wanted }) => [
		scenario,
		`${latency} ms`,
		over,
		`${ratio.toFixed(2)} times`,
		[verdict(ratio, goal), wanted === undefined ? '' : `wanted ${verdict(ratio, wanted)}`]
			.filter(Boolean)
			.join(', '),
	]);
	const figureRows = figures.map(({ what, value, unit, goal }) => [
		what,
		inUnit(digits(value), unit),
		goal === undefined ? '' : `at most ${goal}: ${value <= goal ? 'met' : 'missed'}`,
	]);
	return [
		...parts,
		`How fast the Appspace node is\n\n${markdownTable([['Task', 'Latency', 'Compared to', 'Speed', 'Goal'], ...ratioRows])}`,
		...(figures.length > 0 ? [markdownTable([['What', 'Measured', 'Goal'], ...figureRows])] : []),
		`${host}, Node ${machine.node}, ${machine.cores} cores, ${machine.processor}, load ${digits(machine.loadBefore)} before and ${digits(machine.loadAfter)} after, ${took} s`,
	].join('\n\n');
}

function verdict(ratio: number, goal: number | undefined): string {
	return goal === undefined ? '' : `${goal} ${ratio >= goal ? 'met' : 'missed'}`;
}

/** Three significant digits, thousands in full. */
function digits(value: number): string {
	return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(+value.toPrecision(3));
}

const rounded = (_: string, value: unknown): unknown =>
	typeof value === 'number' ? +value.toPrecision(4) : value;
