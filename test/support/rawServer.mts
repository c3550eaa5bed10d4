import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { CredentialStore } from './credentialStore.mts';
import type { Certificate } from './selfSigned.mts';

/** A request as it arrived. */
export interface RawRequest {
	method: string;
	/** With the query, as sent. */
	target: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string;
}

/** What happens on the socket once a request is complete. */
export type Reply = (socket: Socket) => void;

/** @param nth the number of requests so far with the same method and target, from 1 */
export type Script = (request: RawRequest, nth: number) => Reply;

export interface RawServer {
	readonly url: string;
	/** All requests but those for a token, in order of arrival. */
	readonly requests: RawRequest[];
	/** The requests for a token. */
	readonly exchanges: RawRequest[];
	/** All connections, with or without a request. */
	readonly connections: number;
	/** The connections that are open now. */
	readonly open: number;
	/** The maximum number of unanswered requests at the same time. */
	readonly mostAtOnce: number;
	/** A credential for this server, with no access token yet. */
	readonly store: CredentialStore;
	/** Everything that must never be shown. */
	readonly secrets: string[];
	/** Refuses connections until `resume`. */
	pause(): void;
	resume(): Promise<void>;
	close(): Promise<void>;
}

export interface RawServerOptions {
	/** The token endpoint; by default it issues tokens. */
	token?: Script;
	/** Speak HTTPS. */
	certificate?: Certificate;
}

const TOKEN_TARGET = '/api/v3/authorization/token';

/** A server on a loopback port that answers requests byte by byte as the script says. */
export async function startRawServer(
	script: Script,
	{ token, certificate }: RawServerOptions = {},
): Promise<RawServer> {
	const subjectId = randomUUID();
	const refreshToken = randomUUID();
	const accessToken = randomUUID();
	const scimToken = randomUUID();
	const handOut: Script = () => reply.json({ accessToken, refreshToken, expiresIn: 3600 });

	const requests: RawRequest[] = [];
	const exchanges: RawRequest[] = [];
	const counts = new Map<string, number>();
	const sockets = new Set<Socket>();
	let connections = 0;
	let mostAtOnce = 0;
	let unansweredNow = 0;

	const answer = (socket: Socket, request: RawRequest): void => {
		const isExchange = request.target === TOKEN_TARGET;
		(isExchange ? exchanges : requests).push(request);
		const line = `${request.method} ${request.target}`;
		const nth = (counts.get(line) ?? 0) + 1;
		counts.set(line, nth);
		mostAtOnce = Math.max(mostAtOnce, ++unansweredNow);
		// The client may reconnect before this side notices the end of its connection: the response
		// decides.
		const unanswered = new Set([socket]);
		const answered = () => void (unanswered.delete(socket) && unansweredNow--);
		socket.once('finish', answered).once('close', answered);
		(isExchange ? (token ?? handOut) : script)(request, nth)(socket);
	};
	const welcome = (socket: Socket): void => {
		// Over TLS, this is not the socket of `connection`.
		socket.on('error', () => {});
		readRequest(socket, (request) => answer(socket, request));
	};
	const server: Server = certificate
		? createTlsServer(certificate, welcome)
		: createServer(welcome);
	server.on('connection', (socket: Socket) => {
		connections++;
		sockets.add(socket);
		socket.on('error', () => {}).once('close', () => sockets.delete(socket));
	});
	const listen = async (port: number): Promise<number> => {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	};
	const port = await listen(0);
	const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
	const data = { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };

	return {
		url,
		requests,
		exchanges,
		get connections() {
			return connections;
		},
		get open() {
			return sockets.size;
		},
		get mostAtOnce() {
			return mostAtOnce;
		},
		store: new CredentialStore({
			main: { type: 'appspaceApi', data },
			scim: { type: 'appspaceScimApi', data: { baseUrl: url, scimToken } },
		}),
		secrets: [subjectId, refreshToken, accessToken, scimToken],
		pause: () => void server.close(),
		resume: async () => void (await listen(port)),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			if (!server.listening) return;
			server.close();
			await once(server, 'close');
		},
	};
}

const TLS_HANDSHAKE = 0x16;

/** Reads one request. n8n opens a connection for each and states the length of the body. */
function readRequest(socket: Socket, done: (request: RawRequest) => void): void {
	let received = Buffer.alloc(0);
	socket.on('data', (part: Buffer) => {
		received = Buffer.concat([received, part]);
		// HTTPS to a server that speaks HTTP: it answers in HTTP.
		if (received[0] === TLS_HANDSHAKE) return void socket.end(bytes('', { status: 400 }));
		const headEnd = received.indexOf('\r\n\r\n');
		if (headEnd < 0) return;
		const [line = '', ...lines] = received.subarray(0, headEnd).toString().split('\r\n');
		const headers = Object.fromEntries(
			lines.map((header) => {
				const colon = header.indexOf(':');
				return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
			}),
		);
		const body = received.subarray(headEnd + 4);
		if (body.length < Number(headers['content-length'] ?? 0)) return;
		socket.removeAllListeners('data');
		socket.resume();
		const [method = '', target = ''] = line.split(' ');
		done({ method, target, headers, body: body.toString() });
	});
}

interface Head {
	status?: number;
	/** Also replaces default headers; an empty text omits one. */
	headers?: Record<string, string>;
}

/** The bytes of a response, with the right length unless `headers` says otherwise. */
export function bytes(body: string | Buffer, { status = 200, headers = {} }: Head = {}): Buffer {
	const all: Record<string, string> = {
		'content-type': 'application/json; charset=utf-8',
		'content-length': String(Buffer.byteLength(body)),
		connection: 'close',
		...headers,
	};
	const lines = Object.entries(all)
		.filter(([, value]) => value !== '')
		.map(([name, value]) => `${name}: ${value}`);
	const head = `HTTP/1.1 ${status} Whatever\r\n${lines.join('\r\n')}\r\n\r\n`;
	return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** Responses, and all the ways of not giving one. */
export const reply = {
	json: (value: unknown, head?: Head): Reply => reply.text(JSON.stringify(value), head),
	text:
		(body: string | Buffer, head?: Head): Reply =>
		(socket) =>
			socket.end(bytes(body, head)),
	html: (status = 200): Reply =>
		reply.text('<!doctype html><title>Sign in</title><p>Please sign in', {
			status,
			headers: { 'content-type': 'text/html' },
		}),
	redirect: (location: string, status = 302): Reply =>
		reply.text('', { status, headers: { location } }),
	/** The connection breaks before the first byte of the response. */
	reset: (): Reply => (socket) => socket.resetAndDestroy(),
	/** The first part of a response, then an error. */
	partThenReset:
		(part: Buffer): Reply =>
		(socket) =>
			void socket.write(part, () => socket.resetAndDestroy()),
	/** The first part of a response, then a normal end of the connection. */
	partThenEnd:
		(part: Buffer): Reply =>
		(socket) =>
			socket.end(part),
	/** The first part of a response, then nothing forever. */
	partThenSilence:
		(part: Buffer): Reply =>
		(socket) =>
			void socket.write(part),
	/** The first part of a response, then the same piece again and again, forever. */
	partThenDrip:
		(part: Buffer, piece: Buffer, pause: number): Reply =>
		(socket) => {
			socket.write(part);
			const drip = setInterval(() => socket.write(piece), pause).unref();
			socket.once('close', () => clearInterval(drip));
		},
	/** The whole response, in small pieces with this many milliseconds between them. */
	slowly:
		(whole: Buffer, pieces: number, pause: number): Reply =>
		(socket) => {
			const size = Math.ceil(whole.length / pieces);
			const next = (from: number): void => {
				if (socket.destroyed) return;
				socket.write(whole.subarray(from, from + size));
				if (from + size >= whole.length) socket.end();
				else setTimeout(next, pause, from + size).unref();
			};
			next(0);
		},
	/** Another reply, some milliseconds later. */
	after:
		(milliseconds: number, then: Reply): Reply =>
		(socket) =>
			void setTimeout(() => socket.destroyed || then(socket), milliseconds).unref(),
};
