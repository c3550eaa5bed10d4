import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Engine } from './engine.mts';

const BUNDLES = ['nodes/Appspace/Appspace.node.js', 'credentials/AppspaceApi.credentials.js'];
const TIMEOUT = /var TIMEOUT = \w+;/;

/**
 * This package as built, but with a timeout of `timeout` milliseconds instead of up to a minute. Below a
 * second, requests that a busy machine answers late time out as well.
 */
export async function impatientEngine(timeout: number): Promise<Engine> {
	const folder = await mkdtemp(join(tmpdir(), 'impatient-'));
	await cp('package.json', join(folder, 'package.json'));
	await cp('dist', join(folder, 'dist'), { recursive: true });
	await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
	for (const bundle of BUNDLES) {
		const file = join(folder, 'dist', bundle);
		const code = await readFile(file, 'utf8');
		if (!TIMEOUT.test(code))
			throw new Error(`${bundle} no longer has a time limit with this name.`);
		await writeFile(file, code.replace(TIMEOUT, `var TIMEOUT = ${timeout};`));
	}
	return new Engine(folder);
}
