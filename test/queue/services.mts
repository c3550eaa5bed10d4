import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freePort } from '../n8n/n8n.mts';
import type { ServicePrograms } from './servicePrograms.mts';

/** Separate Redis and PostgreSQL servers on free loopback ports, in temporary folders. */
export interface Services {
	/** The settings that n8n needs to run in queue mode on them. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

const longestStart = 30_000;

/** @throws Error if one of them does not start */
export async function startServices(programs: ServicePrograms): Promise<Services> {
	const redis = await startRedis(programs);
	try {
		const postgres = await startPostgres(programs);
		return {
			env: { EXECUTIONS_MODE: 'queue', ...redis.env, ...postgres.env },
			stop: async () => void (await Promise.all([redis.stop(), postgres.stop()])),
		};
	} catch (error) {
		await redis.stop();
		throw error;
	}
}

async function startRedis({ redisServer }: ServicePrograms): Promise<Services> {
	const [port, password] = [await freePort(), newPassword()];
	const folder = await mkdtemp(join(tmpdir(), 'n8n-redis-'));
	// In a file, because everybody on the machine can read arguments.
	const settings = join(folder, 'redis.conf');
	await writeFile(settings, `requirepass ${password}\n`, { mode: 0o600 });
	const args = [settings, '--port', String(port), '--bind', '127.0.0.1', '--save', ''];
	const stop = await startService('Redis', folder, port, redisServer, args, { cwd: folder });
	return {
		env: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			QUEUE_BULL_REDIS_PASSWORD: password,
		},
		stop,
	};
}

async function startPostgres({ postgresBin, postgresUser }: ServicePrograms): Promise<Services> {
	const [port, password] = [await freePort(), newPassword()];
	const folder = await mkdtemp(join(tmpdir(), 'n8n-postgres-'));
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	// PostgreSQL refuses to run as root.
	const as = postgresUser ?? {};
	if (postgresUser) {
		for (const path of [folder, passwordFile]) {
			await chown(path, postgresUser.uid, postgresUser.gid);
		}
	}
	const data = join(folder, 'data');
	await promisify(execFile)(
		join(postgresBin, 'initdb'),
		['-D', data, '-U', 'n8n', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'],
		{ cwd: folder, ...as },
	);
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const stop = await startService(
		'PostgreSQL',
		folder,
		port,
		join(postgresBin, 'postgres'),
		['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
		{ cwd: folder, ...as },
	);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: password,
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		stop,
	};
}

/** Once the port answers, returns a function that stops the service and removes its folder. */
async function startService(
	name: string,
	folder: string,
	port: number,
	program: string,
	args: string[],
	options: SpawnOptions,
): Promise<() => Promise<void>> {
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	let log = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
	}
	// SIGQUIT makes PostgreSQL exit at once, including its child processes.
	const leaveWithUs = () => {
		child.kill('SIGQUIT');
		rmSync(folder, { recursive: true, force: true });
	};
	process.once('exit', leaveWithUs);
	const stop = async () => {
		process.off('exit', leaveWithUs);
		if (isRunning(child)) {
			const gone = once(child, 'exit');
			child.kill('SIGQUIT');
			await gone;
		}
		await rm(folder, { recursive: true, force: true });
	};
	const deadline = Date.now() + longestStart;
	while (!(await answers(port))) {
		if (!isRunning(child) || Date.now() > deadline) {
			await stop();
			throw new Error(`${name} did not start. Its output was:\n${log}`);
		}
		await delay(50);
	}
	return stop;
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) =>
	exitCode === null && signalCode === null;

async function answers(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

const newPassword = () => randomBytes(16).toString('hex');
