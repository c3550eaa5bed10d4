import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import {
	bytes,
	reply,
	startRawServer,
	type RawRequest,
	type Reply,
	type Script,
} from '../support/rawServer.mts';
import { until } from '../support/until.mts';

/** An execution ends this soon after Stop, in milliseconds. */
const SOON = 500;
/** Times at which the button is pressed, in milliseconds after what is waited for has arrived. */
const MOMENTS = [0, 30, 300];

const silence = reply.partThenSilence(Buffer.alloc(0));
const half = bytes('{"id":"', { headers: { 'content-length': '1000000' } });
const token = { accessToken: 'a.b.c', expiresIn: 3600 };
const refused = reply.json({}, { status: 401 });

interface Wait {
	name: string;
	operation?: `${string}.${string}`;
	parameters?: Record<string, unknown>;
	/** What is answered, to requests of the API and for a token. */
	script?: Script;
	token?: Script;
	/** The request after which the execution waits. */
	isReached?: (request: RawRequest) => boolean;
}

const later = (status: number) => reply.json({}, { status, headers: { 'retry-after': '20' } });
const upgrade = Buffer.from(
	'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: a\r\n\r\n',
);
const content =
	(file: Reply): Script =>
	({ target, headers }) =>
		target.endsWith('/file.png')
			? file
			: reply.json({ id: 'c1', size: 5, contentURL: `http://${headers.host}/file.png` });
const download = {
	operation: 'content.download',
	parameters: { contentId: 'c1' },
	isReached: ({ target }: RawRequest) => target.endsWith('/file.png'),
} as const;
const scim = { operation: 'scimUser.get', parameters: { scimUserId: 'u1' } } as const;

/** Everything that a run waits for. */
const WAITS: Wait[] = [
	{ name: 'an answer', script: () => silence },
	{ name: 'the rest of an answer', script: () => reply.partThenSilence(half) },
	{ name: 'an answer after the connection changed', script: () => reply.partThenSilence(upgrade) },
	{ name: 'the time that a 429 names', script: () => later(429) },
	{ name: 'the time that a 503 names', script: () => later(503) },
	{ name: 'the next attempt', script: () => reply.reset() },
	{ name: 'a token', token: () => reply.after(4_000, reply.json(token)) },
	{ name: 'the next attempt at a token', token: () => later(503) },
	{ name: 'a token of another worker', token: () => refused },
	{ name: 'a SCIM answer', ...scim, script: () => silence },
	{ name: 'the time that a SCIM service names', ...scim, script: () => later(429) },
	{ name: 'the head of a file', ...download, script: content(silence) },
	{ name: 'the rest of a file', ...download, script: content(reply.partThenSilence(half)) },
	{ name: 'the next attempt at a file', ...download, script: content(later(503)) },
];

const CASES = WAITS.flatMap((wait) => MOMENTS.map((moment) => ({ ...wait, moment })));

it.concurrent.each(CASES)(
	'Stop ends the wait for $name after $moment ms',
	async ({ moment, isReached = () => true, ...subject }) => {
		const stop = new AbortController();
		let stoppedAt = 0;
		const watched =
			(script: Script): Script =>
			(request, nth) => {
				if (stoppedAt === 0 && isReached(request)) {
					stoppedAt = Infinity;
					setTimeout(() => {
						stoppedAt = performance.now();
						stop.abort();
					}, moment);
				}
				return script(request, nth);
			};
		const { operation = 'channel.get', parameters = { channelId: 'c1' } } = subject;
		const { script = () => reply.json({ id: 'c1' }) } = subject;
		const server = await startRawServer(subject.token ? script : watched(script), {
			token: subject.token && watched(subject.token),
		});
		const { status } = await run({
			credentials: server.store,
			cancelAfter: stop.signal,
			nodes: [appspaceNode(operation, parameters)],
		});
		const took = performance.now() - stoppedAt;
		const isClosed = () => server.open === 0;
		// An exchange that others may share goes on; whatever belongs to this execution is closed.
		if (!subject.token) await until('every connection is closed', isClosed, 1_000);
		await server.close();
		expect(status).toBe('canceled');
		expect(took).toBeLessThan(SOON);
	},
	30_000,
);

test('a renewal that others share goes on when one of them is stopped', async () => {
	const stop = new AbortController();
	const server = await startRawServer(() => reply.json({ id: 'c1' }), {
		token: () => {
			setTimeout(() => stop.abort(), 50);
			return reply.after(1_000, reply.json(token));
		},
	});
	const nodes = [appspaceNode('channel.get', { channelId: 'c1' })];
	const [stopped, other] = await Promise.all([
		run({ credentials: server.store, nodes, cancelAfter: stop.signal }),
		run({ credentials: server.store, nodes }),
	]);
	await server.close();
	expect(stopped.status).toBe('canceled');
	expect(other.error).toBeUndefined();
	expect(server.exchanges).toHaveLength(1);
	expect(server.requests).toHaveLength(1);
});

test('no listeners pile up on the signal of the run', async () => {
	const listeners = new Map<EventTarget, number>();
	let most = 0;
	const count = (target: EventTarget, type: string, by: number) => {
		if (type !== 'abort') return;
		const now = (listeners.get(target) ?? 0) + by;
		listeners.set(target, now);
		most = Math.max(most, now);
	};
	const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
	const spies = [
		jest.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (
			this: EventTarget,
			...given
		) {
			count(this, given[0], 1);
			add.apply(this, given);
		}),
		jest.spyOn(EventTarget.prototype, 'removeEventListener').mockImplementation(function (
			this: EventTarget,
			...given
		) {
			count(this, given[0], -1);
			remove.apply(this, given);
		}),
	];
	const server = await startRawServer(() => reply.json({ id: 'c1' }));
	const { error } = await run({
		credentials: server.store,
		input: Array.from({ length: 10_000 }, () => ({})),
		nodes: [appspaceNode('channel.get', { channelId: 'c1' })],
	});
	await server.close();
	for (const spy of spies) spy.mockRestore();
	expect(error).toBeUndefined();
	expect(server.requests).toHaveLength(10_000);
	// One for each request under way, and none that is left.
	expect(most).toBeLessThan(100);
	expect([...listeners.values()].filter((left) => left > 10)).toEqual([]);
}, 120_000);
