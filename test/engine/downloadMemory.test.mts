import type { Socket } from 'node:net';
import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { keepFilesOnDisk, type FilesOnDisk } from '../support/filesOnDisk.mts';
import { watchMemory } from '../support/memoryInUse.mts';
import { reply, startRawServer } from '../support/rawServer.mts';

const MB = 1_000_000;
const FILES = 24;
const SIZE = 90 * MB;
/** Of memory in use above the start, in bytes. */
const CEILING = 300 * MB;

/** A file of zeros, piece by piece as the reader takes it. */
function pour(socket: Socket): void {
	socket.write(`HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: ${SIZE}\r\n\r\n`);
	const piece = Buffer.alloc(60_000);
	let left = SIZE;
	const more = (): void => {
		while (left > 0 && !socket.destroyed) {
			left -= piece.length;
			if (!socket.write(piece)) return void socket.once('drain', more);
		}
	};
	more();
}

let disk: FilesOnDisk;
beforeEach(async () => {
	disk = await keepFilesOnDisk();
});
afterEach(async () => await disk.end());

it(`${FILES} downloads of ${SIZE / MB} MB at once stay below ${CEILING / MB} MB`, async () => {
	const server = await startRawServer(({ target, headers }) =>
		target.endsWith('/file.mp4')
			? pour
			: reply.json({ id: 'c1', size: SIZE, contentURL: `http://${headers.host}/file.mp4` }),
	);
	const mostInUse = watchMemory(CEILING);
	const { error, items } = await run({
		credentials: server.store,
		input: Array.from({ length: FILES }, () => ({})),
		nodes: [appspaceNode('content.download', { contentId: 'c1' })],
	});
	const most = mostInUse();
	await server.close();
	expect(error).toBeUndefined();
	expect(items().map(({ json }) => json.size)).toEqual(Array.from({ length: FILES }, () => SIZE));
	expect(most / MB).toBeLessThan(CEILING / MB);
}, 120_000);
