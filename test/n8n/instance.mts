import { randomBytes } from 'node:crypto';

import { runCommand } from './command.mts';
import { installN8n, type InstalledN8n } from './install.mts';
import { freePort, startN8n, type N8nOptions, type RunningN8n } from './n8n.mts';
import { N8nRest, type Login } from './rest.mts';
import { createUserFolder, type UserFolder } from './userFolder.mts';

/** A real n8n with this repository's package installed and its owner signed in. */
export interface Instance {
	n8n: RunningN8n;
	rest: N8nRest;
	login: Login;
	userFolder: UserFolder;
	/**
	 * Kills n8n without warning, and starts it again on the same data.
	 *
	 * @param meanwhile happens while n8n is down
	 * @param env more settings from now on
	 */
	crash(meanwhile?: () => void | Promise<void>, env?: Record<string, string>): Promise<void>;
	/** Stops n8n and removes its data. */
	close(): Promise<void>;
}

export interface InstanceOptions extends Pick<N8nOptions, 'logLevel' | 'env'> {
	/** Default: the n8n that test/n8n/package-lock.json pins. */
	install?: InstalledN8n;
	/** Default: a new one with the packed package installed. It is removed at the end. */
	userFolder?: UserFolder;
	/** Do not build the package again. */
	isBuilt?: boolean;
}

/** Builds the package, installs n8n if needed, and starts it; `say` receives progress messages. */
export async function openInstance(
	options: InstanceOptions = {},
	say: (line: string) => void = console.log,
): Promise<Instance> {
	if (!options.isBuilt) {
		say('Building the package ...');
		await runCommand('npm', ['run', '--silent', 'build'], { cwd: process.cwd() });
	}
	const install = options.install ?? (await installN8n(say));
	// From here on there is something to clean up at exit: see userFolder.mts and n8n.mts.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(130));
	}
	if (!options.userFolder) say('Packing the package and installing it as a community node ...');
	const userFolder = options.userFolder ?? (await createUserFolder());
	try {
		say(`Starting n8n ${install.version} ...`);
		const { n8n, crash } = await startMortal({ ...options, install, userFolder });
		const close = async () => {
			await n8n.stop();
			await userFolder.remove();
		};
		try {
			const rest = new N8nRest(n8n.url);
			const login = newLogin();
			await rest.createOwner(login);
			return { n8n, rest, login, userFolder, crash, close };
		} catch (error) {
			await close();
			throw error;
		}
	} catch (error) {
		await userFolder.remove();
		throw error;
	}
}

/** An n8n that can be killed and started again, at the same address and with one log. */
async function startMortal(options: N8nOptions): Promise<Pick<Instance, 'n8n' | 'crash'>> {
	const port = await freePort();
	let env = options.env;
	let running = await startN8n({ ...options, port });
	let before = '';
	const n8n: RunningN8n = {
		url: running.url,
		get pid() {
			return running.pid;
		},
		log: () => before + running.log(),
		cli: async (args) => await running.cli(args),
		stop: async () => await running.stop(),
	};
	const crash: Instance['crash'] = async (meanwhile, more) => {
		process.kill(running.pid, 'SIGKILL');
		await running.stop();
		before += running.log();
		await meanwhile?.();
		env = { ...env, ...more };
		running = await startN8n({ ...options, env, port });
	};
	return { n8n, crash };
}

/** n8n requires eight or more characters with a digit and a capital letter. */
function newLogin(): Login {
	return { email: 'owner@example.com', password: `N8n-${randomBytes(9).toString('base64url')}` };
}
