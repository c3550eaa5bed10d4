import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

import { runCommand } from './command.mts';

/** What one n8n, or several that work together, share: data, installed nodes, and the encryption key. */
export interface UserFolder {
	/** The value of N8N_USER_FOLDER; n8n uses `.n8n` inside it. */
	path: string;
	encryptionKey: string;
	remove(): Promise<void>;
}

/** Packs the built package as npm would publish it; returns the tarball's path inside `folder`. */
export async function packPackage(folder: string): Promise<string> {
	const output = await runCommand(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: process.cwd() },
	);
	const [packed] = JSON.parse(output) as Array<{ filename: string }>;
	if (!packed) throw new Error('npm pack reported no tarball.');
	return join(folder, packed.filename);
}

/** Creates a temporary user folder without any community node. */
export async function createEmptyUserFolder(): Promise<UserFolder> {
	const path = await mkdtemp(join(tmpdir(), 'n8n-appspace-'));
	const removeNow = () => rmSync(path, { recursive: true, force: true });
	process.once('exit', removeNow);
	return {
		path,
		encryptionKey: randomBytes(24).toString('hex'),
		remove: async () => {
			process.off('exit', removeNow);
			await rm(path, { recursive: true, force: true });
		},
	};
}

/**
 * Creates a temporary user folder with the packed package installed where n8n puts community nodes.
 * @param tarball a packed package; by default, the package in this repository is packed (build it first)
 */
export async function createUserFolder(tarball?: string): Promise<UserFolder> {
	const userFolder = await createEmptyUserFolder();
	const { path } = userFolder;
	const nodes = join(path, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true }),
	);
	await runCommand(
		'npm',
		[
			'install',
			resolve(tarball ?? (await packPackage(path))),
			'--ignore-scripts',
			// n8n provides n8n-workflow itself and removes peer dependencies before it installs a package.
			'--legacy-peer-deps',
			'--no-audit',
			'--no-fund',
		],
		{ cwd: nodes },
	);
	return userFolder;
}

/** All files in a user folder, by their path, except the installed packages. */
export async function filesIn(folder: string): Promise<Map<string, Buffer>> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.includes('node_modules'));
	const contents = await Promise.all(
		files.map(async (file) => [relative(folder, file), await readFile(file)] as const),
	);
	return new Map(contents);
}
