import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createProxy, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { request, type Dispatcher } from 'undici';

import { selfSigned } from '../support/selfSigned.mts';

/** The host of the public cloud, which a credential has by default. */
export const APPSPACE = 'api.cloud.appspace.com';

/** A server on loopback that plays a host. */
export interface Played {
	/** Over plain HTTP. */
	url: string;
	/** Words of the outside and what they are inside, such as a secret; replaced both ways. */
	words?: Record<string, string>;
}

export interface LocalInternet {
	/** What makes a process, and the npm that it starts, go through the proxy and trust its certificate. */
	env: Record<string, string>;
	/** How many connections to a host were asked for, also those that were refused. */
	connections(host: string): number;
	close(): Promise<void>;
}

/**
 * A proxy on loopback behind which local servers play hosts, over HTTPS with a private certificate. It
 * refuses every other host, so nothing leaves the machine.
 *
 * @param hosts by host name
 */
export async function startLocalInternet(hosts: Record<string, Played>): Promise<LocalInternet> {
	const folder = await mkdtemp(join(tmpdir(), 'appspace-internet-'));
	const certificate = selfSigned({ names: Object.keys(hosts) });
	const authority = join(folder, 'authority.pem');
	await writeFile(authority, certificate.cert);

	const front = createTlsServer(certificate, (incoming, response) => {
		const host = incoming.headers.host ?? '';
		pass(incoming, response, host, hosts[host]!).catch((error: Error) => {
			response.writeHead(502).end(error.message);
		});
	});
	const frontPort = await listen(front);

	const asked: string[] = [];
	const tunnels = new Set<Duplex>();
	const proxy = createProxy();
	proxy.on('connect', ({ url = '' }, socket) => {
		const [host = ''] = url.split(':');
		asked.push(host);
		if (!hosts[host]) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		const tunnel = connect(frontPort, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			tunnel.pipe(socket).pipe(tunnel);
		});
		for (const end of [tunnel, socket]) {
			tunnels.add(end);
			end
				.once('close', () => tunnels.delete(end))
				.on('error', () => {
					tunnel.destroy();
					socket.destroy();
				});
		}
	});
	const url = `http://127.0.0.1:${await listen(proxy)}`;
	return {
		env: {
			HTTPS_PROXY: url,
			NO_PROXY: '',
			NODE_EXTRA_CA_CERTS: authority,
			// An npm that runs in a script of npm has these from the user's settings.
			npm_config_https_proxy: url,
			npm_config_noproxy: '',
			npm_config_cafile: authority,
			npm_config_cache: join(folder, 'npm'),
			npm_config_fetch_retries: '0',
		},
		connections: (host) => asked.filter((one) => one === host).length,
		close: async () => {
			for (const tunnel of tunnels) tunnel.destroy();
			await Promise.all([front, proxy].map(close));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Passes on a request to the server that plays the host, and its response. */
async function pass(
	incoming: IncomingMessage,
	response: ServerResponse,
	host: string,
	{ url, words = {} }: Played,
): Promise<void> {
	const pairs = [[`https://${host}`, url], ...Object.entries(words)] as Array<[string, string]>;
	const inwards = (text: string) => pairs.reduce((all, [out, to]) => all.replaceAll(out, to), text);
	const outwards = (text: string) =>
		pairs.reduce((all, [out, to]) => all.replaceAll(to, out), text);

	const { host: _host, connection: _connection, ...headers } = incoming.headers;
	delete headers['transfer-encoding'];
	delete headers['content-length'];
	delete headers['accept-encoding'];
	if (headers.authorization) headers.authorization = inwards(headers.authorization);
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const answer = await request(url + (incoming.url ?? '/'), {
		method: incoming.method as Dispatcher.HttpMethod,
		headers: headers as Record<string, string>,
		...(chunks.length > 0 && { body: inwards(Buffer.concat(chunks).toString()) }),
	});
	const body = Buffer.from(await answer.body.arrayBuffer());
	const type = String(answer.headers['content-type'] ?? '');
	const { 'content-length': _length, connection: _open, ...others } = answer.headers;
	delete others['transfer-encoding'];
	response.writeHead(answer.statusCode, others as Record<string, string>);
	response.end(/json|text/.test(type) ? outwards(body.toString()) : body);
}

async function listen(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

async function close(server: ReturnType<typeof createProxy>): Promise<void> {
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
}
