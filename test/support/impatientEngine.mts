import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Engine } from './engine.mts';

const BUNDLES = ['nodes/Appspace/Appspace.node.js', 'credentials/AppspaceApi.credentials.js'];
const TIMEOUT = /var TIMEOUT = \w+;/;

/** This package as built, but with a patience of so many milliseconds: its own is up to a minute. */
export async function impatientEngine(patience: number): Promise<Engine> {
	const folder = await mkdtemp(join(tmpdir(), 'impatient-'));
	await cp('package.json', join(folder, 'package.json'));
	await cp('dist', join(folder, 'dist'), { recursive: true });
	await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
	for (const bundle of BUNDLES) {
		const file = join(folder, 'dist', bundle);
		const code = await readFile(file, 'utf8');
		if (!TIMEOUT.test(code)) throw new Error(`${bundle} has no time limit by this name any more.`);
		await writeFile(file, code.replace(TIMEOUT, `var TIMEOUT = ${patience};`));
	}
	return new Engine(folder);
}
