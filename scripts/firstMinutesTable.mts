import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { markdownTable } from 'markdown-table';

export const RESULTS = 'bench/results/first-minutes.json';

/** What `npm run first-minutes` measured. Times are in seconds. */
export interface FirstMinutes {
	node: string;
	machine: string;
	date: string;
	/** Whether n8n was in the cache folder before. Without it, the editor takes minutes longer. */
	wasCached: boolean;
	milestones: Array<{ milestone: string; took: number; after: number; warnings: number }>;
}

/** The latest measurement of a whole run, if there is one. */
export async function readFirstMinutes(): Promise<FirstMinutes | undefined> {
	if (!existsSync(RESULTS)) return undefined;
	return JSON.parse(await readFile(RESULTS, 'utf8')) as FirstMinutes;
}

/** The measurement as a table, with a line about how it came about. */
export function firstMinutesTable(results: FirstMinutes | undefined): string {
	if (!results) return 'There are no measurements yet: run `npm run first-minutes`.';
	const { node, machine, date, wasCached, milestones } = results;
	const head = ['Milestone', 'Seconds for it', 'Seconds since the start', 'Warnings of npm'];
	const rows = milestones.map(({ milestone, took, after, warnings }) => {
		return [milestone, `${took}`, `${after}`, `${warnings}`];
	});
	const cache = wasCached ? 'was in the cache folder' : 'was downloaded';
	return `${markdownTable([head, ...rows])}\n\nPrinted by \`npm run first-minutes\`: Node ${node}, ${machine}, ${date}. n8n ${cache}.`;
}
