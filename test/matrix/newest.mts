import { runCommand } from '../n8n/command.mts';
import { installN8n, type InstalledN8n } from '../n8n/install.mts';

/** How many versions to try; the registry has lacked parts of some. */
const ATTEMPTS = 3;

/**
 * The newest n8n 2 that npm can install.
 *
 * @returns no install if that is the pinned one; in `missing`, a sentence for each newer version that cannot
 * be installed
 */
export async function newestN8n(
	pinned: InstalledN8n,
): Promise<{ install?: InstalledN8n; missing: string[] }> {
	const listed = await runCommand('npm', ['view', 'n8n', 'versions', '--json'], { cwd: '.' });
	const missing: string[] = [];
	for (const version of newerThan(pinned.version, JSON.parse(listed) as string[])) {
		try {
			return { install: await installN8n(console.log, version), missing };
		} catch (error) {
			const reason = /No matching version found for ([^\s]+?)\.?\s/.exec(String(error))?.[1];
			if (!reason) throw error;
			missing.push(
				`n8n ${version} cannot be installed: the npm registry has no \`${reason}\`, which it needs.`,
			);
		}
	}
	return { missing };
}

/** The newest 2.x.y above a version, newest first. */
export function newerThan(version: string, all: string[]): string[] {
	const number = (one: string) =>
		one.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
	return all
		.filter((one) => /^2\.\d+\.\d+$/.test(one) && number(one) > number(version))
		.sort((left, right) => number(right) - number(left))
		.slice(0, ATTEMPTS);
}
