import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Engine } from '../test/support/engine.mts';

const BUNDLE = 'dist/nodes/Appspace/Appspace.node.js';

/** This package as built, with other values for some of its constants. */
export async function changedPackage(
	folder: string,
	constants: Record<string, number>,
): Promise<Engine> {
	await mkdir(folder);
	await cp('package.json', join(folder, 'package.json'));
	await cp('dist', join(folder, 'dist'), { recursive: true });
	await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
	let code = await readFile(BUNDLE, 'utf8');
	for (const [name, value] of Object.entries(constants)) {
		const parts = code.split(new RegExp(`var ${name} = [^;]+;`));
		if (parts.length !== 2)
			throw new Error(`The package does not have exactly one constant called ${name}.`);
		code = parts.join(`var ${name} = ${value};`);
	}
	await writeFile(join(folder, BUNDLE), code);
	return new Engine(folder);
}
