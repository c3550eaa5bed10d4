/**
 * `npm run first-minutes`: measures what a newcomer waits for: from `git clone` of this repository to the
 * first records, to passed tests, and to the editor with the node. `-- --until records` or `tests` stops
 * earlier. Uses your npm cache and the n8n in your cache folder, if they are there, and says so.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { markdownTable } from 'markdown-table';

const STEPS: Array<[goal: string, milestone: string, command: string, shown?: RegExp]> = [
	['records', 'Cloned', 'git clone --quiet "$FROM" .'],
	['records', 'Installed', 'npm ci'],
	['records', 'First records', 'npm start'],
	['tests', 'Tests passed', 'npm test'],
	['editor', 'Editor with the node', 'npm run n8n', /n8n with the Appspace node is running/],
];

/**
 * Runs a command until it ends or, if `shown` is given, until its output matches; then ends it.
 * @returns the engine warnings of npm
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
		throw new Error(`"${command}" failed. Its last output was:\n${output.slice(-2000)}`);
	}
	return output.match(/EBADENGINE Unsupported/g)?.length ?? 0;
}

async function main(): Promise<void> {
	const at = process.argv.indexOf('--until');
	const until = at < 0 ? 'editor' : process.argv[at + 1];
	const last = STEPS.findLastIndex(([goal]) => goal === until);
	if (last < 0) throw new Error('--until takes records, tests, or editor.');
	const folder = await mkdtemp(join(tmpdir(), 'appspace-first-'));
	const installed = join(
		process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
		'n8n-nodes-appspace',
	);
	console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}`);
	console.log(`n8n was ${existsSync(installed) ? '' : 'not '}in the cache before.`);
	const start = Date.now();
	const rows: string[][] = [];
	try {
		for (const [, milestone, command, shown] of STEPS.slice(0, last + 1)) {
			const from = resolve('.').replaceAll('\\', '/');
			const began = Date.now();
			const warnings = await run(command.replace('$FROM', from), folder, shown);
			const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(0);
			rows.push([milestone, seconds(began), seconds(start), String(warnings)]);
			console.log(`${milestone} after ${seconds(start)} s`);
		}
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	const head = ['Milestone', 'Seconds for it', 'Seconds since the start', 'Engine warnings'];
	console.log(`\n${markdownTable([head, ...rows])}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
