/**
 * `npm run test:oldest`: runs the engine tests on the oldest n8n-core that this package works on, the one
 * that test/oldest pins. Installs it on first use, outside the tree. Passes its arguments to jest.
 * Below 2.34, a request error carries no `cause`, which the node needs to recognize a dropped connection
 * and the credential's own messages. Below 2.11, `ignoreHttpStatusErrors` has no `except`, so a 401
 * renews nothing.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, cached } from '../test/n8n/cache.mts';
import { runCommand } from '../test/n8n/command.mts';

const pins = join('test', 'oldest');

/** The folder with the pinned n8n-core, named after the lock file. A second call installs nothing. */
async function installOldest(): Promise<string> {
	const lock = await readFile(join(pins, 'package-lock.json'));
	const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	return await cached(`oldest-${hash}`, async (workplace) => {
		console.log(`Installing the oldest n8n-core once, about a minute and 300 MB, into ${CACHE}`);
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(pins, file), join(workplace, file));
		}
		await runCommand('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
			cwd: workplace,
		});
	});
}

async function main(): Promise<void> {
	const folder = await installOldest();
	const manifest = join(folder, 'node_modules', 'n8n-core', 'package.json');
	const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
	console.log(`Engine tests on n8n-core ${version}, Node ${process.versions.node}`);
	const jest = ['node_modules/jest/bin/jest.js', '--config', join(pins, 'jest.config.js')];
	const child = spawn(process.execPath, [...jest, ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, N8N_CORE: folder },
	});
	const [code] = (await once(child, 'close')) as [number | null];
	process.exitCode = code ?? 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
