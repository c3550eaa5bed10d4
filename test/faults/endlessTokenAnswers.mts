import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { Engine } from '../support/engine.mts';
import { bytes, reply, startRawServer, type Reply } from '../support/rawServer.mts';
import type { RunResult } from '../support/runResult.mts';

const whole = bytes(JSON.stringify({ accessToken: crypto.randomUUID(), expiresIn: 3600 }));
const bodyAt = whole.indexOf('\r\n\r\n') + 4;
const chunked =
	'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
const switching =
	'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n';

/** Sends one piece every 20 ms as long as the connection is open. */
export const drip =
	(first: Buffer | string, piece: Buffer | string): Reply =>
	(socket) => {
		socket.write(first);
		const next = setInterval(() => socket.write(piece), 20);
		socket.once('close', () => clearInterval(next));
	};

/** Responses of a token endpoint that never end. */
export const ENDLESS: Array<[name: string, Reply]> = [
	['says nothing', () => undefined],
	['drips its head', drip('HTTP/1.1 200 OK\r\nX-Slow: ', 'a')],
	['drips its body', drip(whole.subarray(0, bodyAt), ' ')],
	['drips its body in chunks', drip(chunked, '1\r\n \r\n')],
	['sends 1xx forever', drip('', 'HTTP/1.1 102 Processing\r\n\r\n')],
	['switches protocols', (socket) => void socket.write(switching)],
	['switches protocols and goes on', drip(switching, 'a')],
	['stops in its body', reply.partThenSilence(whole.subarray(0, -3))],
];

/** The credential's limit for one exchange, in milliseconds. */
const LIMIT = 30_000;
/** After a second, a run checks once more whether another worker has stored a token. */
const SECOND_LOOK = 1_000;
/** Whatever ends later than its limit plus this, in milliseconds, hangs. */
const GRACE = 1_000;

export interface Ended {
	/** Milliseconds until the Test button and a run returned; Infinity if one did not return in time. */
	button: number;
	run: number;
	/** Their messages. */
	message?: string;
	error?: RunResult['error'];
	exchanges: number;
	/** Connections that were left open. */
	open: number;
}

/** Presses Test and runs a workflow against a token endpoint that gives this response. */
export async function playEndless(
	engine: Pick<Engine, 'run' | 'testCredential'>,
	answer: Reply,
	limit = LIMIT,
): Promise<Ended> {
	const sockets: Socket[] = [];
	const server = await startRawServer(() => reply.json({ id: 'me' }), {
		token: () => (socket) => {
			sockets.push(socket);
			answer(socket);
		},
	});
	const began = performance.now();
	const latest = limit + SECOND_LOOK + GRACE;
	const timed = async <T,>(work: Promise<T>): Promise<{ value?: T; took: number }> => {
		const alarm = new AbortController();
		const late = sleep(latest, undefined, { signal: alarm.signal }).catch(() => undefined);
		const value = await Promise.race([work, late]);
		alarm.abort();
		return { value, took: value === undefined ? Infinity : performance.now() - began };
	};
	const nodes = [appspaceNode('user.getCurrent')];
	const [button, run] = await Promise.all([
		timed(engine.testCredential(server.store)),
		timed(engine.run({ credentials: server.store, nodes })),
	]);
	// The server notices a moment later that the client closed the connection.
	for (let turn = 0; turn < 50 && sockets.some(({ destroyed }) => !destroyed); turn++) {
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	const ended: Ended = {
		button: button.took,
		run: run.took,
		message: button.value?.message,
		error: run.value?.error,
		exchanges: server.exchanges.length,
		open: sockets.filter(({ destroyed }) => !destroyed).length,
	};
	await server.close();
	return ended;
}

/** Plays all of them at the same time, with the real limit, and returns those that hung. */
export async function hungAtTokenEndpoint(
	engine: Pick<Engine, 'run' | 'testCredential'>,
): Promise<string[]> {
	const played = ENDLESS.map(async ([name, answer]) => {
		const { button, run, open } = await playEndless(engine, answer);
		const isLate = button > LIMIT + GRACE || run > LIMIT + SECOND_LOOK + GRACE;
		return isLate || open > 0 ? [`a token endpoint that ${name}`] : [];
	});
	return (await Promise.all(played)).flat();
}
