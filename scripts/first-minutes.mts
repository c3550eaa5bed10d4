/**
 * `npm run first-minutes`: measures what a newcomer waits for: from `git clone` of this repository to the
 * first records, to passed tests, and to the editor with the node. `-- --until records` or `tests` stops
 * earlier. Uses your npm cache and the n8n in your cache folder, if they are there, and says so. A whole run
 * leaves its numbers in bench/results for `npm run docs`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CACHE } from '../test/n8n/cache.mts';
import { firstMinutesTable, RESULTS, type FirstMinutes } from './firstMinutesTable.mts';

const STEPS: Array<[goal: string, milestone: string, command: string, shown?: RegExp]> = [
	['records', 'Cloned', 'git clone --quiet "$FROM" .'],
	['records', 'Installed', 'npm ci'],
	['records', 'First records', 'npm start'],
	['tests', 'Tests passed', 'npm test'],
	['editor', 'Editor with the node', 'npm run n8n', /n8n with the Appspace node is running/],
];

/**
 * Runs a command until it ends or, if `shown` is given, until its output matches; then ends it.
 * @returns the warnings of npm
 */
async function run(command: string, cwd: string, shown?: RegExp): Promise<number> {
	const child = spawn(command, { cwd, shell: true, detached: true });
	let output = '';
	let reached = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			if (!shown?.test(output) || reached) return;
			reached = true;
			// The whole group: the shell does not pass signals on.
			process.kill(-child.pid!, 'SIGTERM');
		});
	}
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0 && !reached) {
		const log = join(tmpdir(), 'appspace-first-minutes.log');
		await writeFile(log, output);
		throw new Error(`"${command}" failed: see ${log}. It ends with:\n${output.slice(-2000)}`);
	}
	return output.match(/^npm warn/gim)?.length ?? 0;
}

async function main(): Promise<void> {
	const at = process.argv.indexOf('--until');
	const until = at < 0 ? 'editor' : process.argv[at + 1];
	const last = STEPS.findLastIndex(([goal]) => goal === until);
	if (last < 0) throw new Error('--until takes records, tests, or editor.');
	const folder = await mkdtemp(join(tmpdir(), 'appspace-first-'));
	const results: FirstMinutes = {
		node: process.versions.node,
		machine: `${process.platform} ${process.arch}, ${cpus().length} cores`,
		date: new Date().toISOString().slice(0, 10),
		wasCached: existsSync(CACHE),
		milestones: [],
	};
	const start = Date.now();
	try {
		for (const [, milestone, command, shown] of STEPS.slice(0, last + 1)) {
			const from = resolve('.').replaceAll('\\', '/');
			const began = Date.now();
			const warnings = await run(command.replace('$FROM', from), folder, shown);
			const seconds = (since: number) => Math.round((Date.now() - since) / 1000);
			const [took, after] = [seconds(began), seconds(start)];
			results.milestones.push({ milestone, took, after, warnings });
			console.log(`${milestone} after ${after} s`);
		}
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	if (until === 'editor') await writeFile(RESULTS, `${JSON.stringify(results, null, '\t')}\n`);
	console.log(`\n${firstMinutesTable(results)}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
