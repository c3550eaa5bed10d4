import { gzipSync } from 'node:zlib';
import { appspaceNode } from '../support/appspaceNode.mts';
import { received } from '../support/downloads.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer, type RawServer, type Reply } from '../support/rawServer.mts';

let server: RawServer;
let size: unknown;
let contentURL: string;
let file: (target: string) => Reply;
beforeAll(async () => {
	server = await startRawServer(({ target }) => {
		return target.startsWith('/api/v3/libraries/contents/')
			? reply.json({ size, contentURL })
			: file(target);
	});
});
beforeEach(() => {
	contentURL = '/content/1/picture.png?sig=x';
	size = undefined;
});
afterAll(async () => await server.close());

const PICTURE = Buffer.from('\x89PNG not really, but long enough to be cut in two '.repeat(4_000));
const answer = (headers: Record<string, string> = {}, body: Buffer | string = PICTURE) =>
	reply.text(body, { headers: { 'content-type': 'image/png', ...headers } });

const execute = async (operation: `${string}.${string}`, parameters = {}) =>
	await run({ credentials: server.store, nodes: [appspaceNode(operation, parameters)] });
/** The ways on which a file comes. */
const WAYS: Array<[name: string, get: () => ReturnType<typeof execute>, inAddress: string]> = [
	[
		'Content: Download',
		async () => await execute('content.download', { contentId: 'c' }),
		'picture.png',
	],
	[
		'Raw Request',
		async () =>
			await execute('apiCall.rawRequest', {
				...{ path: 'exports/plan%201.png?x=/y.z', responseFormat: 'file' },
			}),
		'plan 1.png',
	],
	[
		'Get Screen Capture',
		async () => await execute('device.getScreenCapture', { deviceId: 'd' }),
		'screencapture.png',
	],
];

describe.each(WAYS)('%s', (_, get, inAddress) => {
	it.each([
		[`attachment; filename="plain.png"; filename*=UTF-8''na%C3%AFve%20plan.png`, 'naïve plan.png'],
		['attachment; filename="../../report.png"', 'report.png'],
		['attachment; filename="evil\u0085.png"', 'evil.png'],
		[`attachment; filename="${'x'.repeat(300)}.png"`, `${'x'.repeat(196)}.png`],
	])('takes the name that %s gives', async (disposition, name) => {
		file = () => answer({ 'content-disposition': disposition });
		const result = await get();
		expect(result.error).toBeUndefined();
		expect(result.items()[0]).toMatchObject({
			json: { fileName: name, size: PICTURE.length },
			binary: { data: { fileName: name, mimeType: 'image/png' } },
		});
		expect(received(result)).toEqual(PICTURE);
	});

	it('takes the name of its address where the answer names none', async () => {
		file = () => answer();
		expect((await get()).items()[0]?.json.fileName).toBe(inAddress);
	});

	it('is asked for uncompressed: n8n would take a cut gzip for the whole', async () => {
		file = () => answer();
		await get();
		expect(server.requests.at(-1)?.headers['accept-encoding']).toBe('identity');
	});

	it('is unpacked where it comes compressed all the same', async () => {
		file = () => answer({ 'content-encoding': 'gzip' }, gzipSync(PICTURE));
		expect(received(await get())).toEqual(PICTURE);
	});

	it.each<[string, () => Reply, RegExp]>([
		['no content', () => answer({}, ''), /empty file/],
		['status 204', () => reply.text('', { status: 204 }), /status 204/],
		[
			'status 206',
			() => reply.text('half', { status: 206, headers: { 'content-type': 'image/png' } }),
			/status 206/,
		],
	])(
		'%s is no file',
		async (name, make, message) => {
			file = make;
			const { error, items } = await get();
			// A screen that was never captured may be answered so: no file, and no failure.
			const isAnswer = inAddress === 'screencapture.png' && name === 'status 204';
			if (!isAnswer) expect(error?.message).toMatch(message);
			expect(items().filter(({ binary }) => binary !== undefined)).toEqual([]);
		},
		60_000,
	);
});

describe('a web page', () => {
	const page = () => reply.html();
	const toSignIn = () => reply.redirect('/login.html');

	it.each<[string, () => Reply]>([
		['that comes at once', page],
		['that a redirect leads to', toSignIn],
	])(
		'%s is no picture',
		async (_, first) => {
			file = (target) => (target === '/login.html' ? page() : first());
			for (const get of [
				async () => await execute('content.download', { contentId: 'c' }),
				async () =>
					await execute('apiCall.rawRequest', { path: 'exports/a.png', responseFormat: 'file' }),
			]) {
				const { error, items } = await get();
				expect(error?.message).toMatch(/a web page instead of the file|another address|login/);
				expect(items()).toEqual([]);
			}
		},
		60_000,
	);

	it('is a file where one is asked for, or the answer names one', async () => {
		file = () => reply.html();
		contentURL = '/content/1/index.html';
		const card = await execute('content.download', { contentId: 'c' });
		expect(card.items()[0]?.json).toMatchObject({ fileName: 'index.html', mimeType: 'text/html' });
		file = () =>
			reply.text('<html>', {
				headers: { 'content-type': 'text/html', 'content-disposition': 'inline; filename=a' },
			});
		const raw = { path: 'exports/1', responseFormat: 'file' };
		expect((await execute('apiCall.rawRequest', raw)).items()[0]?.json.fileName).toBe('a.html');
	});
});

describe('the size that Appspace announced', () => {
	it.each([PICTURE.length, String(PICTURE.length), 0, 'unknown', undefined])(
		'%p does not stop a file',
		async (announced) => {
			size = announced;
			file = () => answer();
			const result = await execute('content.download', { contentId: 'c' });
			expect(received(result)).toEqual(PICTURE);
			expect(result.hints).toEqual([]);
		},
	);

	it('refuses a file that is shorter', async () => {
		size = String(PICTURE.length + 1);
		file = () => answer();
		const { error } = await execute('content.download', { contentId: 'c' });
		expect(error?.message).toBe(
			`The file is incomplete: it has ${PICTURE.length} bytes, but Appspace announced ${PICTURE.length + 1}.`,
		);
	}, 60_000);

	it('refuses a gzip that was cut', async () => {
		size = PICTURE.length;
		const whole = gzipSync(PICTURE);
		file = () => answer({ 'content-encoding': 'gzip' }, whole.subarray(0, whole.length / 2));
		const { error } = await execute('content.download', { contentId: 'c' });
		expect(error?.message).toMatch(/^The file is incomplete: /);
	}, 60_000);

	it('is told beside a file that is longer, and beside the page of a card', async () => {
		size = 7;
		file = () => answer();
		const { hints } = await execute('content.download', { contentId: 'c' });
		expect(hints).toMatchObject([{ message: expect.stringMatching(/bytes, .* announced 7\.$/) }]);
		size = 1_000;
		contentURL = '/content/1/index.html';
		file = () => reply.html();
		const card = await execute('content.download', { contentId: 'c' });
		expect(card.error).toBeUndefined();
		expect(card.hints).toMatchObject([{ message: expect.stringMatching(/announced 1000\.$/) }]);
	});
});

describe('Raw Request', () => {
	const raw = async (parameters: object) =>
		await execute('apiCall.rawRequest', { path: 'exports/1', ...parameters });

	it('a write that is answered with nothing is done, and gives no file', async () => {
		file = () => reply.text('', { status: 204 });
		const { error, items } = await raw({ method: 'PUT', responseFormat: 'file' });
		expect(error).toBeUndefined();
		expect(items()[0]?.binary).toBeUndefined();
	});

	const text = 'Grüße, naïve';
	it.each<[string, Buffer]>([
		['text/plain; charset=iso-8859-1', Buffer.from(text, 'latin1')],
		['text/plain; charset=utf-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
		['text/csv; charset=UTF-16BE', Buffer.from(text, 'utf16le').swap16()],
		['text/plain', Buffer.from(text)],
	])('reads text of the type %s', async (type, body) => {
		file = () => reply.text(body, { headers: { 'content-type': type } });
		const { items } = await raw({ responseFormat: 'text' });
		expect(items()[0]?.json).toEqual({ data: text });
	});
});
