import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { lastLines, runCommand } from './command.mts';
import { quietEnvironment, type EnvironmentOptions } from './environment.mts';
import type { InstalledN8n } from './install.mts';
import type { UserFolder } from './userFolder.mts';

export interface N8nOptions {
	install: InstalledN8n;
	userFolder: UserFolder;
	/** `start` is the main process with editor and REST API; `worker` runs executions in queue mode. */
	command?: 'start' | 'worker';
	/** The port of the editor and REST API, or of a worker's health server. Default: a free one. */
	port?: number;
	/** More arguments, such as `--concurrency=10`. */
	args?: string[];
	/** Default `warn`. */
	logLevel?: EnvironmentOptions['logLevel'];
	/** Overrides, such as database and queue settings. */
	env?: Record<string, string>;
}

export interface RunningN8n {
	/** The address of the editor and REST API; for a worker, of its health server. */
	url: string;
	pid: number;
	/** All output of the process so far. */
	log(): string;
	/** Runs an n8n command line command on the same data while the process runs. */
	cli(args: string[]): Promise<string>;
	/** Stops the process and waits until it is gone. You can call it twice. */
	stop(): Promise<void>;
}

/** n8n starts in 6 to 10 s, from a cold disk in 45 s. */
const longestBoot = 180_000;
/** A busy worker gets this long before it is killed. */
const longestFarewell = 15_000;

/**
 * Starts an n8n process on free loopback ports and returns when it is ready.
 * @throws Error with the end of its log if it ends or stays silent instead
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { install, userFolder, command = 'start', args = [], logLevel = 'warn' } = options;
	const { port = await freePort() } = options;
	const brokerPort = await freePort();
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const env = {
		...quietEnvironment({ userFolder, port, brokerPort, logLevel }),
		...(command === 'worker' ? health : {}),
		...options.env,
	};
	const child = spawn(install.node, [install.cli, command, ...args], {
		cwd: userFolder.path,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
	}
	const killWithUs = () => void child.kill('SIGKILL');
	process.once('exit', killWithUs);
	child.once('exit', () => process.off('exit', killWithUs));

	const url = `http://127.0.0.1:${port}`;
	try {
		await untilReady(child, url, command);
	} catch (error) {
		child.kill('SIGKILL');
		throw new Error(`${(error as Error).message} Its last output was:\n${lastLines(log, 30)}`);
	}
	return {
		url,
		pid: child.pid!,
		log: () => log,
		cli: async (cliArgs) =>
			await runCommand(install.node, [install.cli, ...cliArgs], {
				cwd: userFolder.path,
				env: { ...env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
				onOutput: (text) => (log += text),
			}),
		stop: () => stop(child),
	};
}

/**
 * The readiness route answers before the REST routes do, so the main process is ready only when its
 * settings come as JSON.
 */
async function untilReady(child: ChildProcess, url: string, command: string): Promise<void> {
	const routes =
		command === 'start' ? ['/healthz/readiness', '/rest/settings'] : ['/healthz/readiness'];
	const deadline = Date.now() + longestBoot;
	for (const route of routes) {
		while (!(await answersJson(url + route))) {
			if (child.exitCode !== null || child.signalCode !== null) {
				throw new Error(`n8n ${command} ended before it was ready.`);
			}
			if (Date.now() > deadline) {
				throw new Error(`n8n ${command} was not ready after ${longestBoot / 1000} s.`);
			}
			await delay(100);
		}
	}
}

async function answersJson(url: string): Promise<boolean> {
	try {
		const response = await fetch(url);
		const type = response.headers.get('content-type') ?? '';
		await response.arrayBuffer();
		return response.ok && type.includes('application/json');
	} catch {
		return false;
	}
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	const killTimer = setTimeout(() => child.kill('SIGKILL'), longestFarewell);
	child.kill('SIGTERM');
	await gone;
	clearTimeout(killTimer);
}

/** A free port. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
