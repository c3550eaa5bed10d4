import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exponent, spreadOf, timed } from './compare.mts';
import { n8n } from '../package.json';
import type { InEngine } from './inEngine.mts';
import { FIGURE_GOALS } from './goals.mts';
import type { Figure } from './report.mts';

const command = promisify(execFile);
const LOADS = 21;

/**
 * The time to load the files of a package, in a separate process that has loaded what n8n loads before
 * any node.
 */
const LOADING = `
	require(${JSON.stringify(resolve('node_modules/n8n-core'))});
	const began = process.hrtime.bigint();
	for (const file of process.argv.slice(1)) new (Object.values(require(file))[0])();
	console.log(Number(process.hrtime.bigint() - began) / 1e6);`;

/** How much longer this package takes to load than an empty node and two empty credentials. */
export async function coldLoad(): Promise<Figure> {
	const folder = await mkdtemp(join(tmpdir(), 'appspace-bench-'));
	const empty = ['node', 'credential', 'other'].map((name) => join(folder, `${name}.js`));
	for (const file of empty) {
		await writeFile(file, 'exports.Empty = class { description = {}; };\n');
	}
	const ours = [...n8n.nodes, ...n8n.credentials];
	const load = async (files: string[]) => {
		const { stdout } = await command(process.execPath, ['-e', LOADING, ...files]);
		return Number(stdout);
	};
	const extra: number[] = [];
	for (let turn = 0; turn < LOADS; turn++) {
		const emptyTime = await load(empty);
		extra.push((await load(ours.map((file) => resolve(file)))) - emptyTime);
	}
	await rm(folder, { recursive: true });
	const spread = spreadOf(extra);
	const what = 'Cold load, over an empty node';
	return { what, value: spread.median, unit: 'ms', spread, goal: FIGURE_GOALS[what] };
}

/** The installed size on a user's disk. */
export async function unpackedSize(): Promise<Figure> {
	const { stdout } = await command('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
	const [packed] = JSON.parse(stdout) as [{ unpackedSize: number }];
	return { what: 'Unpacked size', value: packed.unpackedSize / 1_000, unit: 'KB' };
}

/**
 * Time and memory of a listing, and how both grow with its length.
 * @param resize sets the number of users of the tenant
 */
export async function growth(
	sizes: number[],
	open: (users: number) => Promise<{ engine: InEngine; close: () => Promise<void> }>,
): Promise<Figure[]> {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const points: Array<{ size: number; time: number; bytes: number }> = [];
	for (const size of sizes) {
		const { engine, close } = await open(size);
		// The engine keeps the last result.
		await engine.validCall().run();
		collectGarbage();
		const before = process.memoryUsage().heapUsed;
		let kept: unknown;
		const time = await timed(async () => (kept = await engine.keepList(1_000)));
		collectGarbage();
		const bytes = process.memoryUsage().heapUsed - before;
		if (kept) points.push({ size, time, bytes });
		await close();
	}
	const range = `${sizes[0]} to ${sizes.at(-1)} records`;
	return [
		...points.map(({ size, bytes }) => ({
			what: `Memory for 10,000 records, in a list of ${size}`,
			value: (bytes / size) * 0.01,
			unit: 'MB',
		})),
		{
			what: `Growth of time, ${range}`,
			value: exponent(points.map(({ size, time }) => ({ size, cost: time }))),
			unit: '(exponent)',
		},
		{
			what: `Growth of memory, ${range}`,
			value: exponent(points.map(({ size, bytes }) => ({ size, cost: bytes }))),
			unit: '(exponent)',
		},
	];
}
