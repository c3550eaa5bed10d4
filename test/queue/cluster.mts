import { resolve } from 'node:path';

import type { InstalledN8n } from '../n8n/install.mts';
import { openInstance, type Instance } from '../n8n/instance.mts';
import { startN8n, type RunningN8n } from '../n8n/n8n.mts';
import type { N8nRest } from '../n8n/rest.mts';
import type { UserFolder } from '../n8n/userFolder.mts';

/** One n8n in one or several processes that share a database. */
export interface Cluster {
	name: string;
	/** The address of webhooks. */
	url: string;
	rest: N8nRest;
	/** The processes that run executions. */
	workers: string[];
	/** Kills the main process, and starts it again, with these settings from now on. */
	crashMain?: Instance['crash'];
	/** Stops a worker, and starts another in its place once `until` settles. */
	endWorker?(signal: 'SIGTERM' | 'SIGKILL', until: Promise<unknown>): Promise<void>;
	close(): Promise<void>;
}

const WORKERS = ['worker 1', 'worker 2'];
/** n8n notices a killed worker after seconds here, instead of after a minute. */
const IMPATIENCE = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

const named = (name: string): Record<string, string> => ({
	N8N_PROCESS_NAME: name,
	NODE_OPTIONS: `--require=${resolve('test', 'queue', 'nameProcess.cjs')}`,
});

/** One main process and two workers, on the services that `env` names. */
export async function openQueueMode(
	install: InstalledN8n,
	env: Record<string, string>,
): Promise<Cluster & { userFolder: UserFolder }> {
	const shared = { ...env, ...IMPATIENCE };
	const { n8n, rest, userFolder, crash, close } = await openInstance({
		env: { ...shared, ...named('main') },
	});
	const startWorker = async (name: string): Promise<RunningN8n> =>
		await startN8n({
			install,
			userFolder,
			command: 'worker',
			args: ['--concurrency=10'],
			env: { ...shared, ...named(name) },
		});
	const workers: RunningN8n[] = [];
	const closeAll = async () => {
		await Promise.all(workers.map((worker) => worker.stop()));
		await close();
	};
	try {
		workers.push(...(await Promise.all(WORKERS.map(startWorker))));
	} catch (error) {
		await closeAll();
		throw error;
	}
	return {
		name: 'queue mode, PostgreSQL, one main and two workers',
		url: n8n.url,
		rest,
		userFolder,
		workers: WORKERS,
		crashMain: crash,
		endWorker: async (signal, until) => {
			process.kill(workers[0]!.pid, signal);
			await until;
			await workers[0]!.stop();
			workers[0] = await startWorker(WORKERS[0]!);
		},
		close: closeAll,
	};
}

/** A single process with n8n's default database. */
export async function openSingleProcess(): Promise<Cluster> {
	const { n8n, rest, close } = await openInstance({ env: named('main') });
	return { name: 'one process, SQLite', url: n8n.url, rest, workers: ['main'], close };
}
