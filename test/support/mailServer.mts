import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server on a loopback port that accepts everything (RFC 5321). */
export interface MailServer {
	readonly port: number;
	/** The messages, headers included, as they came. */
	readonly messages: string[];
	close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
	const messages: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket)).on('error', () => {});
		serve(socket, messages);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		messages,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

function serve(socket: Socket, messages: string[]): void {
	let received = '';
	let isData = false;
	socket.write('220 ready\r\n');
	socket.setEncoding('utf8').on('data', (part: string) => {
		received += part;
		for (;;) {
			const end = isData ? '\r\n.\r\n' : '\r\n';
			const at = received.indexOf(end);
			if (at < 0) return;
			const taken = received.slice(0, at);
			received = received.slice(at + end.length);
			// The client doubles a dot at the start of a line (RFC 5321 4.5.2).
			if (isData) messages.push(taken.replace(/^\./gm, ''));
			isData = !isData && /^DATA/i.test(taken);
			const isQuit = !isData && /^QUIT/i.test(taken);
			socket.write(isData ? '354 go on\r\n' : isQuit ? '221 bye\r\n' : '250 fine\r\n');
			if (isQuit) socket.end();
		}
	});
}
