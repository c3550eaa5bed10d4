import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { appspaceNode, locators } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import {
	reply,
	startRawServer,
	type RawRequest,
	type RawServerOptions,
	type Script,
} from '../support/rawServer.mts';
import type { NodeUnderTest } from '../support/workflow.mts';

const WINDOW = 24;
/** Longer than any wait of these servers and than the first back-off: whatever would come has come. */
const LONG_ENOUGH = 2_000;

interface Subject extends RawServerOptions {
	script: Script;
	/** Cancel when this many requests have arrived, those for tokens included where `token` answers them. */
	after: number;
	operation?: `${string}.${string}`;
	parameters?: Record<string, unknown>;
	onError?: NodeUnderTest['onError'];
}

interface Outcome {
	status: string;
	/** What had arrived when the execution was canceled. */
	before: RawRequest[];
	/** What was begun since then; what had begun before may still arrive. */
	later: string[];
	/** How many had begun before. */
	begun: number;
}

/** Node tells of each request that begins in this process. */
const BEGINNING = 'http.client.request.start';

/** Runs 200 items, cancels in the middle, and waits for what still comes. */
async function cancelled({ script, token, after, ...node }: Subject): Promise<Outcome> {
	const { operation = 'channel.get', parameters, onError } = node;
	const arrived: RawRequest[] = [];
	let before: RawRequest[] = [];
	const reached = new AbortController();
	const counting =
		(inner: Script): Script =>
		(request, nth) => {
			arrived.push(request);
			if (arrived.length === after) {
				before = [...arrived];
				reached.abort();
			}
			return inner(request, nth);
		};
	const server = await startRawServer(counting(script), { token: token && counting(token) });
	const later: string[] = [];
	let begun = 0;
	const begins = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		if (!server.url.endsWith(String(request.getHeader('host')))) return;
		if (reached.signal.aborted) later.push(`${request.method} ${request.path}`);
		else begun++;
	};
	subscribe(BEGINNING, begins);
	const channelId = '={{ $json.channelId }}';
	const running = run({
		credentials: server.store,
		cancelAfter: reached.signal,
		input: Array.from({ length: 200 }, (_, item) => ({ channelId: `c${item}` })),
		nodes: [appspaceNode(operation, { channelId, ...parameters }, onError && { onError })],
	});
	const status = running.then((result) => result.status);
	await new Promise((resolve) => reached.signal.addEventListener('abort', resolve));
	await delay(LONG_ENOUGH);
	unsubscribe(BEGINNING, begins);
	const outcome = { status: await status, before, later, begun };
	await server.close();
	return outcome;
}

const record = reply.after(20, reply.json({ id: 'c' }));
const later = (status: number) => reply.json({}, { status, headers: { 'retry-after': '1' } });
const continues = { onError: 'continueRegularOutput' } as const;
const toErrorOutput = { onError: 'continueErrorOutput' } as const;

const pages: Script = ({ target }) => {
	const start = Number(new URL(target, 'http://a').searchParams.get('start'));
	const items = Array.from({ length: 10 }, (_, id) => ({ id: start + id }));
	return reply.after(20, reply.json({ items, size: 100_000, limit: 10 }));
};
const list = {
	operation: 'channel.getPlaylistItems',
	parameters: { returnAll: true, options: { pageSize: 10, itemsAtOnce: 1 } },
} as const;

const targets: Script = ({ method }) =>
	reply.after(20, reply.json(method === 'GET' ? [{ targetId: 'd1', targetType: 7 }] : {}));
const write = {
	operation: 'channel.replacePublishTargets',
	parameters: { deviceIds: locators('d1') },
} as const;

/** How many requests may begin after the execution was canceled: those of an exchange that others wait for too. */
const SUBJECTS: Array<Subject & { name: string; most: number }> = [
	{ name: 'reads', script: () => record, after: 30, most: 0 },
	{
		// Every slot waits for its answer, which never comes: none may send once more.
		...{ name: 'reads, all of them sent', script: () => reply.partThenSilence(Buffer.alloc(0)) },
		...{ after: WINDOW, most: 0 },
	},
	{ name: 'reads that continue', script: () => record, after: 30, most: 0, ...continues },
	{
		name: 'reads with error output',
		script: () => record,
		after: 30,
		most: 0,
		...toErrorOutput,
	},
	{ name: 'reads that wait', script: () => later(503), after: 9, most: 0 },
	{
		name: 'reads that wait and continue',
		script: () => later(503),
		after: 9,
		most: 0,
		...continues,
	},
	{
		// The run is held back before anything is sent once more.
		...{ name: 'reads that Retry-After holds back', script: () => later(429) },
		...{ after: 9, most: 0 },
	},
	{
		...{ name: 'reads that Retry-After holds back and continue', script: () => later(429) },
		...{ after: 9, most: 0, ...continues },
	},
	{ name: 'a list that reads ahead', script: pages, after: 40, most: 0, ...list },
	{ name: 'writes', script: targets, after: 8, most: 0, ...write },
	{ name: 'writes that continue', script: targets, after: 8, most: 0, ...write, ...continues },
	{
		...{ name: 'while the token is fetched', script: () => record, after: 1, most: 0 },
		token: () => reply.after(200, reply.json({ accessToken: 'a.b.c', expiresIn: 3600 })),
	},
	{
		// The exchange that is under way comes to its end, which is two attempts more.
		...{ name: 'while no token can be had', script: () => record, after: 1, most: 2 },
		token: () => reply.reset(),
	},
	{
		...{ name: 'while no token can be had, continuing', script: () => record, after: 1, most: 2 },
		...{ token: () => reply.reset(), ...continues },
	},
];

it.concurrent.each(SUBJECTS)(
	'$name: nothing begins any more',
	async ({ most, ...subject }) => {
		const outcome = await cancelled(subject);
		expect(outcome.before).toHaveLength(subject.after);
		expect(outcome.begun).toBeGreaterThanOrEqual(subject.after);
		if (outcome.later.length > most) expect(outcome.later).toEqual([]);
		expect(outcome.status).toBe('canceled');
	},
	30_000,
);
