import { existsSync } from 'node:fs';

import { runCommand } from './command.mts';

/** Where Debian and Ubuntu install Chromium; CHROMIUM_PATH names another place. */
const chromiumPath = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

/**
 * The path of Chromium, which is installed from Debian's packages if it is missing and this process is root.
 * @throws Error that says what to install
 */
export async function findChromium(say: (line: string) => void = console.log): Promise<string> {
	if (existsSync(chromiumPath)) return chromiumPath;
	const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	if (!mayInstall || process.env.CHROMIUM_PATH) {
		throw new Error(
			`There is no Chromium at ${chromiumPath}. Install it (on Debian: apt-get install chromium), or set CHROMIUM_PATH to the browser's executable.`,
		);
	}
	say('Installing Chromium from Debian ...');
	const options = { cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive' } };
	await runCommand('apt-get', ['update'], options);
	await runCommand(
		'apt-get',
		['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
		options,
	);
	if (!existsSync(chromiumPath)) throw new Error(`apt-get installed no ${chromiumPath}.`);
	return chromiumPath;
}
