import { once } from 'node:events';
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { WriteRefused } from './guard.mts';
import type { Reply, Sender } from './sender.mts';

/** A proxy on loopback in front of the tenant, which the node uses as its Base URL. */
export interface Gateway {
	/** The base URL for the node's credential. */
	readonly url: string;
	/** How the node's last successful request was authorized; undefined before the first one. */
	carried(): Record<string, string> | undefined;
	close(): Promise<void>;
}

/** Starts the gateway. It answers everything but reads with 403 and never passes it on. */
export async function openGateway(sender: Sender): Promise<Gateway> {
	let url = '';
	let carried: Record<string, string> | undefined;
	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.destroy());
	});

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const headers = plain(request.headers);
		const chunks: Buffer[] = [];
		for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
		const { method = 'GET', url: target = '/' } = request;
		try {
			const reply = await sender.send({
				...{ by: 'node', method, target, headers },
				...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
				isOver: () => response.destroyed,
			});
			const isOfApi = reply.exchange.endpoint !== undefined;
			if (isOfApi && reply.status < 300) carried = authorizationIn(headers) ?? carried;
			answer(response, reply, sender.origin, url);
		} catch (error) {
			if (!(error instanceof WriteRefused)) throw error;
			response.writeHead(403, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ message: error.message }));
		}
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		carried: () => carried,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Passes the response on unchanged, except that the gateway's address replaces the tenant's. */
function answer(response: ServerResponse, reply: Reply, origin: string, gatewayUrl: string): void {
	const type = reply.headers['content-type'];
	const body = isReadable(type) ? moved(reply.bytes, origin, gatewayUrl) : reply.bytes;
	const { location } = reply.headers;
	response.writeHead(reply.status, {
		...(type && { 'content-type': type }),
		...(reply.headers['retry-after'] && { 'retry-after': reply.headers['retry-after'] }),
		...(location && { location: location.replace(origin, gatewayUrl) }),
		'content-length': reply.isCut ? String(reply.headers['content-length'] ?? '') : body.length,
	});
	response.end(body);
}

function isReadable(type: string | undefined): boolean {
	return type === undefined || /json|text\/(?!html)/i.test(type);
}

function moved(bytes: Buffer, origin: string, gatewayUrl: string): Buffer {
	const escaped = (text: string) => text.replaceAll('/', '\\/');
	return Buffer.from(
		bytes
			.toString('utf8')
			.replaceAll(origin, gatewayUrl)
			.replaceAll(escaped(origin), escaped(gatewayUrl)),
	);
}

function authorizationIn(headers: Record<string, string>): Record<string, string> | undefined {
	const found = ['authorization', 'x-api-key'].filter((name) => headers[name]);
	if (found.length === 0) return undefined;
	return Object.fromEntries(found.map((name) => [name, headers[name] as string]));
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, String(value)]),
	);
}
