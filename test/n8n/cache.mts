import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is installed once and kept outside the tree: n8n, the oldest n8n-core, other versions of Node. */
export const CACHE = join(
	process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
	'n8n-nodes-appspace',
);

/**
 * The folder with this name in the cache, filled by `install` if it is missing. `install` works in a folder
 * beside it that is moved into place in one step, so half an install never counts as one.
 */
export async function cached(
	name: string,
	install: (workplace: string) => Promise<void>,
): Promise<string> {
	const folder = join(CACHE, name);
	if (existsSync(folder)) return folder;
	await mkdir(CACHE, { recursive: true });
	const workplace = await mkdtemp(`${folder}.unfinished-`);
	try {
		await install(workplace);
		await rename(workplace, folder).catch((error: unknown) => {
			// Another run may have finished first; its install is just as good.
			if (!existsSync(folder)) throw error;
		});
	} finally {
		await rm(workplace, { recursive: true, force: true });
	}
	return folder;
}
