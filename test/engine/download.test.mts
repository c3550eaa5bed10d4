import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Downloads, HOST, OTHER, PICTURE, picture, received } from '../support/downloads.mts';
import { reply } from '../support/rawServer.mts';

const downloads = new Downloads();

describe('on the content hosts of Appspace', () => {
	it.each([HOST, OTHER])('fetches from %s without a credential', async (host) => {
		const result = await downloads.from(`https://${host}/x/Picture%201.png?sig=abc`);
		expect(result.error).toBeUndefined();
		expect(received(result)).toEqual(PICTURE);
		expect(result.items()[0]?.json).toMatchObject({ fileName: 'Picture 1.png' });
		expect(downloads.hosts.hosts).toEqual([`${host}:443`]);
		expect(downloads.hosts.requests[0]?.target).toBe('/x/Picture%201.png?sig=abc');
		downloads.expectNoSecrets();
	});

	it.each([401, 403])('says that a sign-in is wanted (%d), and never sends one', async (status) => {
		downloads.answer = () => reply.json({ message: 'no' }, { status });
		const { error } = await downloads.from(`https://${HOST}/a.png`);
		expect(error).toMatchObject({
			httpCode: String(status),
			message: expect.stringContaining(`${HOST} requires a sign-in for the file`),
			description: expect.stringContaining('never to another host'),
		});
		expect(downloads.hosts.requests).toHaveLength(1);
		downloads.expectNoSecrets();
	});

	it('tells a missing file from a missing content', async () => {
		downloads.answer = () => reply.html(404);
		const { error } = await downloads.from(`https://${HOST}/a.png`);
		expect(error?.message).toContain(`the file was not found at its address on ${HOST}`);
	});

	it('tries again where that can help, and not where it cannot', async () => {
		downloads.answer = (_, nth) => (nth < 3 ? reply.json({}, { status: 503 }) : picture());
		expect(received(await downloads.from(`https://${HOST}/a.png`))).toEqual(PICTURE);
		expect(downloads.hosts.requests).toHaveLength(3);
		downloads.hosts.clear();
		downloads.answer = () => reply.json({}, { status: 500 });
		const { error } = await downloads.from(`https://${HOST}/b.png`);
		expect(error?.message).toContain(`${HOST} answered with status 500`);
		expect(downloads.hosts.requests).toHaveLength(1);
	});
});

describe('redirects', () => {
	const file = () => new URL(`/content/${randomUUID()}/a.png`, downloads.sandbox.url).href;
	const leadTo = (redirect: string) => downloads.sandbox.fault({ path: /^\/content\//, redirect });

	it('go from the tenant to a content host without the token', async () => {
		leadTo(`https://${OTHER}/a.png`);
		const result = await downloads.from(file());
		expect(received(result)).toEqual(PICTURE);
		expect(downloads.sandbox.requests.at(-1)?.headers).toHaveProperty('authorization');
		expect(downloads.hosts.requests).toHaveLength(1);
		downloads.expectNoSecrets();
	});

	it('come back to the tenant, which gets the token', async () => {
		downloads.sandbox.set({ contentAccess: 'token' });
		const own = Object.values(downloads.sandbox.tenant.playlistItems).flat();
		const { contentURL } = own.reverse().find(({ type }) => type === 'Image')!;
		downloads.answer = () => reply.redirect(contentURL);
		const result = await downloads.from(`https://${HOST}/a.png`);
		expect(result.items()[0]?.binary?.data?.fileName).toBe('content.png');
		downloads.expectNoSecrets();
	});

	it.each([
		['a foreign host', 'https://files.example.com/a.png', '"files.example.com"'],
		['an address without encryption', `http://${HOST}/a.png`, `http://${HOST}`],
		['this machine', 'http://127.0.0.1:1/a.png', '"127.0.0.1:1"'],
		['an address with a password', `https://me:pw@${HOST}/a.png`, 'cannot be used'],
	])('to %s are refused at each hop', async (_, location, sentence) => {
		const seen = downloads.hosts.hosts;
		downloads.answer = (target) =>
			reply.redirect(target === '/1' ? `https://${OTHER}/2` : location);
		const { error } = await downloads.from(`https://${HOST}/1`);
		expect(error?.message).toContain(sentence);
		expect(seen).toEqual([`${HOST}:443`, `${OTHER}:443`]);

		downloads.hosts.clear();
		leadTo(location);
		expect((await downloads.from(file())).error?.message).toContain(sentence);
		expect(seen).toEqual([]);
	});

	it('end somewhere', async () => {
		downloads.answer = () => reply.redirect(`https://${HOST}/again`);
		const { error } = await downloads.from(`https://${HOST}/again`);
		expect(error?.message).toContain('in a circle');
		expect(downloads.hosts.requests).toHaveLength(6);
	});
});

describe('the size of a file', () => {
	const unannounced = (body: Buffer, headers = {}) =>
		reply.text(body, { headers: { 'content-length': '', ...headers } });

	it.each([
		['announced', () => reply.text(Buffer.alloc(60_000))],
		['not announced', () => unannounced(Buffer.alloc(60_000))],
		[
			'hidden by compression',
			() => unannounced(gzipSync(Buffer.alloc(60_000)), { 'content-encoding': 'gzip' }),
		],
	])('is refused beyond the limit when it is %s', async (_, make) => {
		downloads.answer = make;
		const { error } = await downloads.from(`https://${HOST}/a`, { largestFile: 0.05 });
		expect(error?.message).toBe('The file is larger than 0.05 MB');
		expect(downloads.hosts.requests).toHaveLength(1);
		const enough = await downloads.from(`https://${HOST}/a`, { largestFile: 0.06 });
		expect(enough.items()[0]?.json.size).toBe(60_000);
	});

	it('stops reading a file without end', async () => {
		let closed: Promise<unknown> | undefined;
		downloads.answer = () => (socket) => {
			closed = new Promise((resolve) => socket.once('close', resolve));
			socket.write('HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\n\r\n');
			const more = () => socket.destroyed || socket.write(Buffer.alloc(16_384), more);
			more();
		};
		const { error } = await downloads.from(`https://${HOST}/a.mp4`, { largestFile: 1 });
		expect(error?.message).toBe('The file is larger than 1 MB');
		await closed;
	});

	it.each([0, -1, 'a lot'])('has to be a number of megabytes, not %p', async (largestFile) => {
		const { error } = await downloads.from(`https://${HOST}/a`, { largestFile });
		expect(error?.message).toBe(
			'The parameter "Largest File (MB)" is not a number of 0.001 or more',
		);
	});
});
