import { Downloads, HOST, PICTURE, picture, received } from '../support/downloads.mts';
import { run } from '../support/engine.mts';
import { keepFilesOnDisk, type FilesOnDisk } from '../support/filesOnDisk.mts';
import { impatientEngine } from '../support/changedPackage.mts';
import { bytes, reply, type Reply } from '../support/rawServer.mts';

const downloads = new Downloads();

describe('a connection that fails', () => {
	const whole = bytes(PICTURE, { headers: { 'content-type': 'image/png' } });
	const half = whole.subarray(0, -10);

	it.each([
		['breaks', (): Reply => (socket) => void socket.write(half, () => socket.destroy())],
		['ends too early', () => reply.partThenEnd(half)],
	])('is tried again when it %s', async (_, make) => {
		downloads.answer = (_target, nth) => (nth === 1 ? make() : picture());
		expect(received(await downloads.from(`https://${HOST}/a.png`))).toEqual(PICTURE);
		expect(downloads.hosts.requests).toHaveLength(2);
	});

	it('is given up when it stalls again and again', async () => {
		downloads.answer = () => reply.partThenSilence(half);
		const engine = await impatientEngine(1_000);
		const { error } = await engine.run(downloads.subject(`https://${HOST}/a.png`));
		expect(error?.message).toMatch(/timed out/);
		expect(downloads.hosts.requests).toHaveLength(4);
	});

	it('is let go when the execution is cancelled', async () => {
		const stop = new AbortController();
		let closed: Promise<unknown> | undefined;
		downloads.answer = () => (socket) => {
			closed = new Promise((resolve) => socket.once('close', resolve));
			socket.write(half, () => stop.abort());
		};
		const { status } = await run({
			...downloads.subject(`https://${HOST}/a.png`),
			cancelAfter: stop.signal,
		});
		expect(status).toBe('canceled');
		await closed;
		expect(downloads.hosts.requests).toHaveLength(1);
	});
});

it('a content host that asks for a wait gets it, whatever the tenant answers meanwhile', async () => {
	const arrivals: number[] = [];
	downloads.answer = (_target, nth) => {
		arrivals.push(performance.now());
		const head = { status: 429, headers: { 'retry-after': '1' } };
		return nth === 1 ? reply.json({}, head) : picture();
	};
	// Each attempt begins with an answer of the tenant: a redirect to the host.
	const location = `https://${HOST}/a.png`;
	downloads.sandbox.fault({ path: /a\.png/, status: 302, headers: { location }, times: 9 });
	const result = await downloads.from(`${downloads.sandbox.url}/files/a.png`);
	expect(received(result)).toEqual(PICTURE);
	const [first = 0, second = 0, ...more] = arrivals;
	expect(more).toEqual([]);
	expect(second - first).toBeGreaterThanOrEqual(990);
});

describe('where n8n keeps files on disk', () => {
	const half = bytes(PICTURE, { headers: { 'content-type': 'image/png' } }).subarray(0, -10);
	let disk: FilesOnDisk;
	beforeEach(async () => {
		disk = await keepFilesOnDisk();
	});
	afterEach(async () => await disk.end());

	it('the file goes there', async () => {
		const { items } = await downloads.from(`https://${HOST}/a.png`);
		const [name] = await disk.names();
		expect(items()[0]).toMatchObject({
			json: { size: PICTURE.length },
			binary: { data: { bytes: PICTURE.length, id: expect.stringContaining(name!) } },
		});
	});

	it('nothing is left of a file that came by half or is too large', async () => {
		downloads.answer = () => (socket) => void socket.write(half, () => socket.destroy());
		const broken = await downloads.from(`https://${HOST}/a.png`);
		expect(broken.error?.message).toMatch(/the connection broke/);
		expect(downloads.hosts.requests).toHaveLength(4);
		downloads.answer = () =>
			reply.text(Buffer.alloc(60_000), { headers: { 'content-length': '' } });
		const large = await downloads.from(`https://${HOST}/b.png`, { largestFile: 0.05 });
		expect(large.error?.message).toBe('The file is larger than 0.05 MB');
		expect(await disk.names()).toEqual([]);
	});
});
