import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { request } from 'undici';

import type { Instance } from '../test/n8n/instance.mts';
import { Published, triggeredWorkflow, triggerNode } from '../test/n8n/triggerWorkflow.mts';
import { appspaceNode, type CredentialReference } from '../test/n8n/workflow.mts';
import { until } from '../test/support/until.mts';
import type { BenchTenant } from './tenant.mts';
import type { TriggerCost } from './trigger.mts';

/** What it costs in the real n8n to notice that nothing is new among so many users. */
export interface CostInN8n {
	way: string;
	users: number;
	/** From the beginning of the run or poll to its end, in milliseconds. */
	time: number;
	/** The most memory of n8n meanwhile, over that before, in megabytes. */
	peak: number;
	/** Executions that n8n wrote, although nothing was new. */
	executions: number;
	/** How much n8n's database grew, in megabytes. */
	database: number;
}

const RUNS = 3;
const PATIENCE = 300_000;
const MEGABYTE = 1_000_000;

/** What people build without the trigger: a schedule, Get Many, and Remove Duplicates. */
export async function costOfWorkflow(
	{ n8n, rest, userFolder }: Instance,
	credential: CredentialReference,
	users: number,
): Promise<CostInN8n> {
	const path = randomUUID();
	const nodes: INode[] = [
		// Stands for the Schedule Trigger, which starts an execution at most once a minute.
		node('Schedule', 'webhook', 2, { path, responseMode: 'onReceived' }, path),
		appspaceNode({ resource: 'user', operation: 'getAll', returnAll: true }, credential),
		node('Remove Duplicates', 'removeDuplicates', 2, {
			operation: 'removeItemsSeenInPreviousExecutions',
			logic: 'removeItemsWithAlreadySeenKeyValues',
			dedupeValue: '={{ $json.id }}',
			options: { historySize: 2 * users },
		}),
	];
	const body = triggeredWorkflow(nodes[0]!, nodes.slice(1));
	const { id, versionId } = await rest.createWorkflow({ ...body, name: 'Without the trigger' });
	await rest.activate(id, versionId);
	const run = async (nth: number) => {
		const began = performance.now();
		await (await request(`${n8n.url}/webhook/${path}`)).body.dump();
		const isOver = async () => {
			const all = await rest.executionsOf(id);
			if (all.some(({ status }) => status === 'error')) throw new Error('The workflow failed.');
			return all.filter(({ status }) => status === 'success').length === nth;
		};
		await until('the workflow ends', isOver, PATIENCE, 50);
		return performance.now() - began;
	};
	await run(1);
	const memory = await watchMemory(n8n.pid);
	const before = await databaseSize(userFolder.path);
	const times: number[] = [];
	for (let nth = 0; nth < RUNS; nth++) times.push(await run(nth + 2));
	return {
		...{ way: 'Schedule, Get Many, Remove Duplicates', users, executions: 1 },
		...{ time: median(times), peak: await memory() },
		database: ((await databaseSize(userFolder.path)) - before) / RUNS,
	};
}

/**
 * The same with the trigger.
 *
 * @param size how many users there are, and how many requests a poll sends
 */
export async function costOfTrigger(
	{ n8n, rest, userFolder }: Instance,
	credential: CredentialReference,
	tenant: BenchTenant,
	{ users, requests }: Pick<TriggerCost, 'users' | 'requests'>,
): Promise<CostInN8n> {
	const body = triggeredWorkflow(triggerNode({ event: 'userCreated' }, credential));
	const published = await Published.publish(rest, body);
	const memory = await watchMemory(n8n.pid);
	const before = await databaseSize(userFolder.path);
	await tenant.set({ loggedLoad: 100_000 });
	// Polls come each second, or as soon as the one before is over. The first may be under way already.
	const times: number[] = [];
	await until(
		'polls',
		async () => {
			times.push(...(await tenant.takeLoad()).map(({ at }) => at));
			return times.length >= (RUNS + 1) * requests;
		},
		PATIENCE,
		50,
	);
	const polls = Array.from({ length: RUNS }, (_, nth) => {
		const [first = NaN, last = NaN] = [times[nth * requests], times[(nth + 1) * requests - 1]];
		return last - first;
	});
	const time = median(polls);
	await tenant.set({ loggedLoad: 0 });
	const executions = await rest.executionsOf(published.id);
	return {
		...{ way: 'Appspace Trigger', users, time, executions: executions.length },
		peak: await memory(),
		database: ((await databaseSize(userFolder.path)) - before) / RUNS,
	};
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
	webhookId?: string,
): INode {
	return {
		...{ id: randomUUID(), name, type: `n8n-nodes-base.${type}`, typeVersion, parameters },
		...{ position: [0, 0], ...(webhookId && { webhookId }) },
	};
}

/** The resident memory of a process: returns how far it rose above the present, in megabytes. */
async function watchMemory(pid: number): Promise<() => Promise<number>> {
	const read = async (field: string) => {
		const status = await readFile(`/proc/${pid}/status`, 'utf8');
		return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN) / 1_000;
	};
	// Resets the highest value (proc(5)).
	await writeFile(`/proc/${pid}/clear_refs`, '5');
	const before = await read('VmRSS');
	return async () => (await read('VmHWM')) - before;
}

async function databaseSize(folder: string): Promise<number> {
	const names = ['database.sqlite', 'database.sqlite-wal'];
	const sizes = await Promise.all(
		names.map(
			async (name) =>
				await stat(join(folder, '.n8n', name)).then(
					({ size }) => size,
					() => 0,
				),
		),
	);
	return sizes.reduce((sum, size) => sum + size, 0) / MEGABYTE;
}

const median = (times: number[]): number =>
	[...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
