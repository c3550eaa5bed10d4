import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { CredentialStore } from '../test/support/credentialStore.mts';
import { PublishedTrigger } from '../test/support/triggerEngine.mts';
import { countRequests } from '../scripts/tour/outgoing.mts';
import type { BenchTenant } from './tenant.mts';

/** What a trigger costs that watches so many users, in n8n's engine. */
export interface TriggerCost {
	event: string;
	users: number;
	/** The state that n8n keeps, in megabytes. */
	state: number;
	/** The poll that takes stock, and a later one that finds nothing, in milliseconds. */
	firstPoll: number;
	poll: number;
	/** Requests of a later poll. */
	requests: number;
	/** How many polls of the durable scheduler a sweep takes: the time of a poll is limited. */
	polls: number;
	/** What stays in memory between polls, in megabytes of the heap. */
	memory: number;
	/** The most that is in use during a poll, without garbage, in megabytes of the heap. */
	inUse: number;
	/** The most memory of the process during polls, with garbage, over that at the start, in megabytes. */
	peak: number;
}

export type Access = Pick<BenchTenant, 'url' | 'subjectId' | 'refreshToken'>;

const MEGABYTE = 1_000_000;
const QUIET_POLLS = 3;

/** Measures in a separate process, so that no other measurement leaves anything behind. */
export async function costOf(event: string, users: number, access: Access): Promise<TriggerCost> {
	const { url, subjectId, refreshToken } = access;
	const task = JSON.stringify({ event, users, access: { url, subjectId, refreshToken } });
	const child = spawn(
		process.execPath,
		['--expose-gc', '--import', 'tsx', 'bench/triggerProcess.mts'],
		{ stdio: ['pipe', 'pipe', 'inherit'] },
	);
	child.stdin.end(task);
	const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
	return JSON.parse(output) as TriggerCost;
}

/** Publishes a trigger and polls; call it once in a process. */
export async function measure(
	event: string,
	users: number,
	{ url, subjectId, refreshToken }: Access,
	collectGarbage: () => void,
): Promise<TriggerCost> {
	const data = { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };
	const credentials = new CredentialStore({ main: { type: 'appspaceApi', data } });
	const small = { credentials, parameters: { event, filters: { userType: 'Nobody' } } };
	// Loads everything, without keeping a record.
	await new PublishedTrigger(small).publish();
	collectGarbage();
	const [heapBefore, rssBefore] = [process.memoryUsage().heapUsed, process.memoryUsage.rss()];
	let highest = rssBefore;
	const watching = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20);

	const published = new PublishedTrigger({
		credentials,
		parameters: { event },
		scheduler: 'durable',
	});
	const began = performance.now();
	await published.publish();
	let polls = 1;
	// A sweep that exceeds the budget goes on in the next poll.
	for (; published.state === ''; polls++) await published.tick();
	const firstPoll = performance.now() - began;
	const times: number[] = [];
	let requests = 0;
	for (let nth = 0; nth < QUIET_POLLS; nth++) {
		const count = countRequests();
		const from = performance.now();
		await published.tick();
		times.push(performance.now() - from);
		requests = count.stop().calls;
	}
	clearInterval(watching);
	const added = () => (process.memoryUsage().heapUsed - heapBefore) / MEGABYTE;
	const inUse: number[] = [];
	const sampling = setInterval(() => {
		collectGarbage();
		inUse.push(added());
	}, 100);
	await published.tick();
	clearInterval(sampling);
	collectGarbage();
	return {
		...{ event, users, firstPoll, requests, polls },
		poll: times.sort((one, other) => one - other)[Math.floor(QUIET_POLLS / 2)] ?? NaN,
		state: published.state.length / MEGABYTE,
		memory: added(),
		inUse: Math.max(...inUse, added()),
		peak: (highest - rssBefore) / MEGABYTE,
	};
}
