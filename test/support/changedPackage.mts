import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Engine } from './engine.mts';
import { folderForCopy } from './packageCopies.mts';

const NODE = 'dist/nodes/Appspace/Appspace.node.js';

/**
 * This package as built, with other values for some constants of these files.
 * @throws Error unless each file has exactly one constant of each name
 */
export async function changedPackage(
	constants: Record<string, number>,
	files = [NODE],
): Promise<Engine> {
	const folder = await folderForCopy();
	await cp('package.json', join(folder, 'package.json'));
	await cp('dist', join(folder, 'dist'), { recursive: true });
	for (const file of files) {
		let code = await readFile(file, 'utf8');
		for (const [name, value] of Object.entries(constants)) {
			const parts = code.split(new RegExp(`var ${name} = [^;]+;`));
			if (parts.length !== 2) {
				throw new Error(`${file} does not have exactly one constant called ${name}.`);
			}
			code = parts.join(`var ${name} = ${value};`);
		}
		await writeFile(join(folder, file), code);
	}
	return new Engine(folder);
}

/**
 * This package as built, but with a timeout of `timeout` milliseconds instead of up to a minute. Below a
 * second, requests that a busy machine answers late time out as well.
 */
export async function impatientEngine(timeout: number): Promise<Engine> {
	const credential = 'dist/credentials/AppspaceApi.credentials.js';
	return await changedPackage({ TIMEOUT: timeout }, [NODE, credential]);
}
