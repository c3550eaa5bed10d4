import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['nodes', 'credentials'];
const BUILT = 'dist/nodes/Appspace/Appspace.node.js';

/**
 * Tests run what is built. Refuses a package whose build is missing, or older than its source, so that a
 * change never seems to make no difference.
 */
export function assertFreshBuild(folder: string): void {
	const built = join(folder, BUILT);
	if (!existsSync(built)) throw new Error('The package is not built. Run: npm run build');
	const builtAt = statSync(built).mtimeMs;
	const newer = SOURCES.flatMap((source) => filesBelow(join(folder, source))).find(
		(path) => /\.(ts|json)$/.test(path) && statSync(path).mtimeMs > builtAt,
	);
	if (newer) throw new Error(`The build is older than ${newer}. Run: npm run build`);
}

function filesBelow(folder: string): string[] {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return paths.map((path) => join(folder, path));
}
