import { rmSync } from 'node:fs';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** They stay to the end, because a package loads parts of itself on first use. */
const copies: string[] = [];
const removeAll = () => {
	for (const copy of copies) rmSync(copy, { recursive: true, force: true });
};
// Jest does not tell the tests that its process ends.
if (typeof afterAll === 'function') afterAll(removeAll);
else process.once('exit', removeAll);

/** A folder for a copy of a package, with what it may require. It is removed after the last test, or at exit. */
export async function folderForCopy(): Promise<string> {
	const copy = await mkdtemp(join(tmpdir(), 'appspace-copy-'));
	copies.push(copy);
	await symlink(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
	return copy;
}
