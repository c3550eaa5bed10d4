import type { FastifyReply } from 'fastify';

/** The ways in which a response never ends. */
export type Endless = 'silence' | 'head' | 'body' | 'interim' | 'upgrade';

/** Milliseconds between two pieces. */
const PAUSE = 20;
const INTERIM = 'HTTP/1.1 102 Processing\r\n\r\n';

/** The first piece, and the one that is repeated. */
const PIECES: Record<Endless, [first: string, next: string]> = {
	silence: ['', ''],
	head: ['HTTP/1.1 200 OK\r\nX-Slow: ', 'a'],
	body: [
		'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n',
		' ',
	],
	interim: [INTERIM, INTERIM],
	upgrade: [
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n',
		'',
	],
};

/** Begins a response and continues as long as the connection is open. */
export function neverEnd(reply: FastifyReply, how: Endless): void {
	reply.hijack();
	const { socket } = reply.raw;
	const [first, next] = PIECES[how];
	if (!socket || first === '') return;
	socket.write(first);
	if (next === '') return;
	// Unreferenced, so that an endless response does not keep a process alive.
	const drip = setInterval(() => socket.write(next), PAUSE).unref();
	socket.on('error', () => undefined).once('close', () => clearInterval(drip));
}
