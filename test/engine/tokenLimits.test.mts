import type { Socket } from 'node:net';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { Engine } from '../support/engine.mts';
import { impatientEngine } from '../support/impatientEngine.mts';
import { movableClock } from '../support/movableClock.mts';
import { bytes, reply, startRawServer, type Reply } from '../support/rawServer.mts';
import { until } from '../support/until.mts';

/** Milliseconds for one exchange; a renewal with its retries may take twice as long. */
const LIMIT = 1_000;
/** What a busy machine may add. */
const MARGIN = 1_000;

let engine: Engine;
beforeAll(async () => {
	engine = await impatientEngine(LIMIT);
	// The first run of an engine loads half of n8n.
	const server = await startRawServer(() => reply.json({ id: 'me' }));
	await engine.run({ credentials: server.store, nodes: [appspaceNode('user.getCurrent')] });
	await engine.testCredential(server.store);
	await server.close();
});

const whole = bytes(JSON.stringify({ accessToken: crypto.randomUUID(), expiresIn: 3600 }));
const bodyAt = whole.indexOf('\r\n\r\n') + 4;

/** Sends one piece every 20 ms for as long as somebody listens. */
const drip =
	(first: Buffer | string, piece: Buffer | string): Reply =>
	(socket) => {
		socket.write(first);
		const next = setInterval(() => socket.write(piece), 20);
		socket.once('close', () => clearInterval(next));
	};

const switching =
	'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n';
const ENDLESS: Array<[string, Reply]> = [
	['says nothing', () => undefined],
	['drips its head', drip('HTTP/1.1 200 OK\r\nX-Slow: ', 'a')],
	['drips its body', drip(whole.subarray(0, bodyAt), ' ')],
	['drips its body in chunks', drip(chunkedHead(), '1\r\n \r\n')],
	['sends 1xx for ever', drip('', 'HTTP/1.1 102 Processing\r\n\r\n')],
	['switches protocols', (socket) => void socket.write(switching)],
	['switches protocols and goes on', drip(switching, 'a')],
	['stops in its body', reply.partThenSilence(whole.subarray(0, -3))],
];

function chunkedHead(): string {
	return 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
}

async function endlessServer(answer: Reply) {
	const sockets: Socket[] = [];
	let isHealthy = false;
	const server = await startRawServer(() => reply.json({ id: 'me' }), {
		token: () => (socket) => {
			sockets.push(socket);
			(isHealthy ? reply.json({ accessToken: crypto.randomUUID() }) : answer)(socket);
		},
	});
	return { server, sockets, heal: () => void (isHealthy = true) };
}

it.concurrent.each(ENDLESS)(
	'a token endpoint that %s ends at its limit, for the Test button and for a run, and is closed',
	async (_, answer) => {
		const { server, sockets } = await endlessServer(answer);
		const began = Date.now();
		const [button, { error }] = await Promise.all([
			engine.testCredential(server.store),
			engine.run({ credentials: server.store, nodes: [appspaceNode('user.getCurrent')] }),
		]);
		const took = Date.now() - began;
		expect(button).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/does not answer in time/),
		});
		expect(error?.message).toMatch(/does not answer in time/);
		// The run looks once more, a second later, whether another worker has stored a token.
		expect(took).toBeLessThan(2 * LIMIT + 1_000 + MARGIN);
		expect(server.exchanges).toHaveLength(1);
		expect(server.requests).toEqual([]);
		await until('all sockets are closed', () => sockets.every(({ destroyed }) => destroyed));
		await server.close();
	},
	30_000,
);

it('a token endpoint that dripped and is healthy again serves the next run at once', async () => {
	const { server, heal } = await endlessServer(drip('HTTP/1.1 200 OK\r\nX-Slow: ', 'a'));
	const nodes = [appspaceNode('user.getCurrent')];
	const clock = movableClock();
	try {
		await Promise.all([1, 2].map(() => engine.run({ credentials: server.store, nodes })));
		heal();
		// The failure is remembered for a second.
		clock.advance(1.1);
		const began = performance.now();
		const { error } = await engine.run({ credentials: server.store, nodes });
		expect(error).toBeUndefined();
		expect(performance.now() - began).toBeLessThan(MARGIN);
	} finally {
		clock.restore();
		await server.close();
	}
});
