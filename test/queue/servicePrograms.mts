import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { runCommand } from '../n8n/command.mts';

/** The programs of Redis and PostgreSQL, and the user that may run the latter. */
export interface ServicePrograms {
	redisServer: string;
	/** The folder of `initdb` and `postgres`. */
	postgresBin: string;
	/** Absent if this process may run PostgreSQL itself, that is, if it is not root. */
	postgresUser?: { uid: number; gid: number };
}

/** Debian keeps the server's programs out of the PATH, in one folder per version. */
const debianPostgres = '/usr/lib/postgresql';
const installing = 'apt-get install redis-server postgresql';

/**
 * Finds both, and installs missing ones from Debian's packages if this process is root.
 * @throws Error that says what to install
 */
export async function findServicePrograms(
	say: (line: string) => void = console.log,
): Promise<ServicePrograms> {
	const found = await find();
	if (found) return await withUser(found);
	if (process.getuid?.() !== 0 || !onPath('apt-get')) {
		throw new Error(`Queue mode needs Redis and PostgreSQL. On Debian or Ubuntu: ${installing}`);
	}
	say('Installing Redis and PostgreSQL from Debian ...');
	// With run level 1, Debian installs services without starting them.
	const options = { cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
	await runCommand('apt-get', ['update'], options);
	const install = [...installing.split(' ').slice(1), '-y', '--no-install-recommends'];
	await runCommand('apt-get', install, options);
	const installed = await find();
	if (!installed) throw new Error('apt-get installed no redis-server or no PostgreSQL.');
	return await withUser(installed);
}

async function find(): Promise<ServicePrograms | undefined> {
	const redisServer = onPath('redis-server');
	const versions = existsSync(debianPostgres) ? await readdir(debianPostgres) : [];
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	const initdb = onPath('initdb');
	const postgresBin = newest ? join(debianPostgres, newest, 'bin') : initdb && join(initdb, '..');
	return redisServer && postgresBin ? { redisServer, postgresBin } : undefined;
}

async function withUser(programs: ServicePrograms): Promise<ServicePrograms> {
	if (process.getuid?.() !== 0) return programs;
	const idOf = async (option: string) =>
		Number(await runCommand('id', [option, 'postgres'], { cwd: '/' }));
	return { ...programs, postgresUser: { uid: await idOf('-u'), gid: await idOf('-g') } };
}

function onPath(program: string): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}
