import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUNDLE = 'dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js';
const MODEL = 'test/engine/trigger/model.test.mts';

interface Breakage {
	name: string;
	/** The test that has to fail. */
	test: string;
	/** Text of the bundle, each to be found once, and what takes its place. */
	changes: Array<[from: string, to: string]>;
}

/** Five ways in which a trigger by polling usually goes wrong. */
const BREAKAGES: Breakage[] = [
	{
		name: 'The state is assigned before it is certain that the events are returned',
		test: MODEL,
		changes: [
			[
				'if (failure && !isOver) this.report(failure, found.length > 0);',
				'if (failure && !isOver) return this.report(failure);',
			],
		],
	},
	{
		name: 'A watermark instead of a mark for each record',
		test: MODEL,
		changes: [
			[
				'isStocked && (isEvent || this.happenedMeanwhile(seen, known))',
				"isStocked && (this.plan.event.value === 'userCreated' ? Date.parse(record.createdAt) > this.state.at : isEvent)",
			],
		],
	},
	{
		name: 'A record is gone after one sweep without it',
		test: MODEL,
		changes: [['missing.filter((key) => watch.missing?.has(key))', 'missing']],
	},
	{
		name: 'Pages do not overlap',
		test: MODEL,
		changes: [
			[
				'if (start === 0) return await fetch(0, limit, isOver);',
				'return await fetch(start, limit, isOver);',
			],
			['start === this.start && (start === 0 ||', 'start === this.start && (true ||'],
		],
	},
	{
		name: 'A batch has no bound',
		test: 'test/engine/trigger/engine.test.mts',
		changes: [['var MAX_ITEMS = 500;', 'var MAX_ITEMS = Infinity;']],
	},
];

/**
 * Breaks the built trigger in each of these ways, and runs the test that has to find it.
 *
 * @returns whether all were found
 */
export async function findBreakages(env: NodeJS.ProcessEnv): Promise<boolean> {
	const folder = await mkdtemp(join(tmpdir(), 'appspace-trigger-'));
	const bundle = await readFile(BUNDLE, 'utf8');
	let isEachFound = true;
	for (const [index, { name, test, changes }] of BREAKAGES.entries()) {
		const path = join(folder, `${index}.js`);
		await writeFile(path, changes.reduce(replacedOnce, bundle));
		const { status, output } = await jest(test, { ...env, TRIGGER_BUNDLE: path });
		const [, lives] = /Property failed after (\d+) tests/.exec(output) ?? [];
		// A test that could not run has found nothing.
		const isFound =
			status === 1 && (test === MODEL ? lives !== undefined : output.includes('✕ a burst arrives'));
		const [reason] = /(missed|invented|doubled): .*/.exec(output) ?? [];
		const after =
			lives === undefined ? '' : ` after ${lives} lives: ${reason ?? 'another failure'}`;
		console.log(`${isFound ? 'found' : 'NOT FOUND'}${after} | ${name}`);
		isEachFound &&= isFound;
	}
	await rm(folder, { recursive: true });
	return isEachFound;
}

function replacedOnce(text: string, [from, to]: [string, string]): string {
	const parts = text.split(from);
	if (parts.length === 2) return parts.join(to);
	throw new Error(`The bundle has ${parts.length - 1} places with "${from}". Adapt the breakage.`);
}

async function jest(test: string, env: NodeJS.ProcessEnv) {
	const child = spawn('npx', ['jest', test], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
	const status = await new Promise((resolve) => child.on('close', resolve));
	return { status, output };
}
