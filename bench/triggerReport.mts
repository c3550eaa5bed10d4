import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { markdownTable } from 'markdown-table';
import type { TriggerCost } from './trigger.mts';
import type { CostInN8n } from './triggerToday.mts';

export interface TriggerResults {
	/** How long Appspace takes to respond, in milliseconds. */
	latency: number;
	costs: TriggerCost[];
	inN8n: CostInN8n[];
	/** The load of the machine before. */
	loadBefore: number;
	finishedAt?: string;
	machine?: { processor: string; cores: number; node: string };
}

const FILE = 'bench/results/trigger.json';
/** At most so much, for 100,000 users. */
const GOALS = { state: 1.4, inUse: 60, poll: 36_000 };
/** An event about missing records needs whole IDs. */
const WHOLE_IDS = 'userDeleted';

/** Writes the results; a quick run never replaces a full one. */
export async function save(results: TriggerResults, isQuick: boolean): Promise<string> {
	const file = isQuick ? FILE.replace('.json', '-quick.json') : FILE;
	const machine = {
		processor: cpus()[0]?.model ?? 'unknown',
		cores: availableParallelism(),
		node: process.version,
	};
	const all = { ...results, finishedAt: new Date().toISOString(), machine };
	await writeFile(file, `${JSON.stringify(all, undefined, '\t')}\n`);
	return file;
}

/** The results of the last full run. */
export async function readTriggerResults(): Promise<TriggerResults | undefined> {
	if (!existsSync(FILE)) return undefined;
	return JSON.parse(await readFile(FILE, 'utf8')) as TriggerResults;
}

/** The goals that the largest tenant missed. */
export function missedGoals({ costs }: TriggerResults): string[] {
	return costs
		.filter(({ users }) => users === 100_000)
		.flatMap(({ event, state, inUse, poll, polls }) => [
			...(state > GOALS.state && event !== WHOLE_IDS ? [`${event}: a state of ${state} MB`] : []),
			...(inUse > GOALS.inUse ? [`${event}: ${inUse} MB in memory`] : []),
			...(poll > GOALS.poll && polls === 1 ? [`${event}: a poll of ${poll} ms`] : []),
		]);
}

/** All measurements, as Markdown. */
export function tables({ costs, inN8n }: TriggerResults): string {
	const alone = costs.map(({ event, users, state, poll, requests, memory, inUse, peak }) => [
		...[event, thousands(users), `${state.toFixed(2)} MB`, seconds(poll), String(requests)],
		...[memory, inUse].map((megabytes) => `${megabytes.toFixed(0)} MB`),
		`${peak.toFixed(0)} MB`,
	]);
	const compared = inN8n.map(({ way, users, time, peak, executions, database }) => [
		...[thousands(users), way, seconds(time), `${peak.toFixed(0)} MB`, String(executions)],
		`${database.toFixed(1)} MB`,
	]);
	const head = ['Event', 'Users', 'State', 'Poll', 'Requests'];
	head.push('Memory between polls', 'In use during a poll', 'Peak with garbage');
	const other = ['Users', 'How', 'Time', 'Peak of memory', 'Executions', 'Growth of the database'];
	return [markdownTable([head, ...alone]), markdownTable([other, ...compared])].join('\n\n');
}

const thousands = (count: number): string => count.toLocaleString('en-US');
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
