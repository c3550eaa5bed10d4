import { once } from 'node:events';
import {
	connect as connectTo,
	createServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import tls from 'node:tls';
import { startRawServer, type RawServer, type Script } from './rawServer.mts';
import { selfSigned } from './selfSigned.mts';

/** Stands for every host on the internet: one HTTPS server on loopback behind a proxy. */
export interface ContentHosts {
	/** The requests to those hosts. */
	readonly requests: RawServer['requests'];
	/** The hosts and ports that n8n connected to, in order. */
	readonly hosts: string[];
	clear(): void;
	close(): Promise<void>;
}

/**
 * Routes every HTTPS connection of this process to a server that responds as `script` says; tests can
 * change the script. n8n uses the proxy that the environment variable names.
 */
export async function startContentHosts(script: Script): Promise<ContentHosts> {
	const server = await startRawServer(script, { certificate: selfSigned() });
	const hosts: string[] = [];
	const proxy = startProxy(Number(new URL(server.url).port), hosts);
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const before = process.env.HTTPS_PROXY;
	process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	// The certificate is self-signed and names none of these hosts.
	const trusting = jest
		.spyOn(tls, 'connect')
		.mockImplementation(((options: object) =>
			connect({ ...options, rejectUnauthorized: false })) as typeof tls.connect);

	return {
		requests: server.requests,
		hosts,
		clear: () => {
			hosts.length = 0;
			server.requests.length = 0;
		},
		close: async () => {
			trusting.mockRestore();
			if (before === undefined) delete process.env.HTTPS_PROXY;
			else process.env.HTTPS_PROXY = before;
			proxy.close();
			await server.close();
		},
	};
}

const { connect } = tls;

/** A proxy that connects every host to the same server. */
function startProxy(port: number, hosts: string[]): Server {
	return createServer((socket: Socket) => {
		socket.on('error', () => socket.destroy());
		socket.once('data', (head: Buffer) => {
			hosts.push(/^CONNECT (\S+)/.exec(head.toString())?.[1] ?? '?');
			const onward = connectTo(port, '127.0.0.1');
			onward.on('error', () => socket.destroy()).once('close', () => socket.destroy());
			socket.once('close', () => onward.destroy());
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.pipe(onward).pipe(socket);
		});
	});
}
