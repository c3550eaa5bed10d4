import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What one connection sent, byte for byte; n8n opens one for each request. */
export interface Sent {
	/** `GET /api/v3/users?limit=1 HTTP/1.1` */
	line: string;
	/** Names as sent, in lower case; a repeated name appears twice. */
	headerNames: string[];
	raw: string;
}

export interface Tap {
	readonly url: string;
	readonly sent: Sent[];
	clear(): void;
	close(): Promise<void>;
}

/** A port that forwards everything to a server and records what was sent. */
export async function openTap(target: string): Promise<Tap> {
	const { port } = new URL(target);
	const sockets = new Set<Socket>();
	let received: Buffer[][] = [];
	const server = createServer((socket) => {
		const onward = connect(Number(port), '127.0.0.1');
		const parts: Buffer[] = [];
		received.push(parts);
		socket.on('data', (part: Buffer) => parts.push(part));
		socket.pipe(onward).pipe(socket);
		for (const end of [socket, onward]) {
			sockets.add(end);
			end.on('error', () => {}).once('close', () => sockets.delete(end));
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get sent() {
			return received.map((parts) => readSent(Buffer.concat(parts).toString('latin1')));
		},
		clear: () => {
			received = [];
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

function readSent(raw: string): Sent {
	const [line = '', ...headers] = (raw.split('\r\n\r\n')[0] ?? '').split('\r\n');
	const headerNames = headers.map((header) => header.split(':')[0]!.toLowerCase());
	return { line, headerNames, raw };
}
