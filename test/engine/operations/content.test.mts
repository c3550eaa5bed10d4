import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { operationRuns, operationsOf } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox();
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => await sandbox.close());

const { execute } = operationsOf(
	operationRuns(() => credentials),
	'content',
);
const itemsOf = (type: 'Image' | 'Card') =>
	Object.values(sandbox.tenant.playlistItems)
		.flat()
		.filter((item) => item.type === type)
		.map(({ contentId, contentURL }) => ({ contentId, contentURL }));
const image = () => itemsOf('Image')[0]!;
const paths = () => apiCalls(sandbox).map(({ path }) => path);
const fileRequests = () => sandbox.requests.filter(({ path }) => path.startsWith('/content/'));
const bytesOf = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('Get', () => {
	it('gives the record as it is', async () => {
		const { contentId } = image();
		const { items } = await execute('get', { contentId: locator(contentId) });
		expect(items().map(({ json }) => json)).toEqual([sandbox.tenant.contents[contentId]]);
		expect(paths()).toEqual([`/api/v3/libraries/contents/${contentId}`]);
	});

	it('says which content was not found', async () => {
		const { error } = await execute('get', { contentId: 'gone' });
		expect(error).toMatchObject({ httpCode: '404', message: 'Content "gone" was not found' });
	});
});

describe('Download', () => {
	it.each(['anonymous', 'token'] as const)(
		'gives the file, byte for byte, where access is by %s',
		async (contentAccess) => {
			const { contentId, contentURL } = image();
			const wanted = await bytesOf(contentURL);
			sandbox.set({ contentAccess });
			const { error, items } = await execute('download', { contentId });
			expect(error).toBeUndefined();
			const [item] = items();
			const size = Number(sandbox.tenant.contents[contentId]!.size);
			expect(item).toMatchObject({
				json: { contentId, contentURL, fileName: 'content.png', mimeType: 'image/png', size },
				binary: {
					data: { fileName: 'content.png', mimeType: 'image/png', fileExtension: 'png' },
				},
				pairedItem: { item: 0 },
			});
			expect(Buffer.from(item!.binary!.data!.data, 'base64').equals(wanted)).toBe(true);
		},
	);

	it('puts each file beside its own item, in the field that is named', async () => {
		const wanted = itemsOf('Image').slice(0, 5);
		const { items } = await run({
			credentials,
			input: wanted.map(({ contentId }) => ({ contentId })),
			nodes: [
				appspaceNode('content.download', {
					contentId: '={{ $json.contentId }}',
					binaryPropertyName: 'picture',
				}),
			],
		});
		expect(items().map(({ json }) => json.contentId)).toEqual(
			wanted.map(({ contentId }) => contentId),
		);
		expect(items().map(({ pairedItem }) => pairedItem)).toEqual(
			wanted.map((_, item) => ({ item })),
		);
		for (const { binary } of items()) expect(Object.keys(binary!)).toEqual(['picture']);
	});

	it.each([
		['as a number', 5_001],
		['as text', '5001'],
	])('refuses a file that is announced too large %s, before it is fetched', async (_, size) => {
		const { contentId } = image();
		sandbox.tenant.contents[contentId]!.size = size;
		const { error } = await execute('download', { contentId, options: { largestFile: 0.005 } });
		expect(error?.message).toBe('The file is larger than 0.005 MB');
		expect(error?.description).toContain('"Largest File (MB)"');
		expect(fileRequests()).toEqual([]);
	});

	it('takes a file that is exactly as large as it may be', async () => {
		const { contentId } = image();
		sandbox.tenant.contents[contentId]!.size = 5_000;
		const { items } = await execute('download', { contentId, options: { largestFile: 0.005 } });
		expect(items()[0]?.json.size).toBe(5_000);
	});

	it('renews a refused token on the way', async () => {
		sandbox.set({ contentAccess: 'token' });
		const { contentId } = image();
		await execute('get', { contentId });
		sandbox.fault({ path: /^\/content\//, status: 401, times: 1 });
		const { error, items } = await execute('download', { contentId });
		expect(error).toBeUndefined();
		expect(items()[0]?.binary?.data?.mimeType).toBe('image/png');
		expect(fileRequests().map(({ status }) => status)).toEqual([401, 200]);
	});

	it.each([
		['is turned away', { status: 503 }],
		['breaks off in the head', { reset: 'beforeHeaders' as const }],
		['breaks off in the file', { truncate: true }],
	])('begins anew when the download %s', async (_, fault) => {
		const { contentId } = image();
		sandbox.fault({ path: /^\/content\//, times: 1, ...fault });
		const { error, items } = await execute('download', { contentId });
		expect(error).toBeUndefined();
		expect(items()[0]?.json.size).toBe(Number(sandbox.tenant.contents[contentId]!.size));
		expect(fileRequests()).toHaveLength(2);
	});

	it.each([
		['another host', 'https://files.example.com/a.png?sig=1', /"files\.example\.com"/],
		['a host that only looks right', 'https://evilappspace.com/a.png', /"evilappspace\.com"/],
		['the right name in the wrong place', 'https://api.appspace.com.example.com/a', /example\.com/],
		['a content host without encryption', 'http://c.api.cloud.appspace.com/a', /not a secure/],
		['another port of a content host', 'https://c.api.cloud.appspace.com:8443/a', /not a secure/],
		['another port of this machine', 'http://127.0.0.1:1/a.png', /"127\.0\.0\.1:1"/],
		['a name and password', 'https://me:pw@c.appspaceusercontent.com/a', /cannot be used/],
		['a file of the machine', 'file:///etc/hostname', /not an Appspace host/],
		['no address', 'https://', /cannot be used/],
	])('refuses %s and sends nothing there', async (_, contentURL, sentence) => {
		const { contentId } = image();
		sandbox.tenant.contents[contentId]!.contentURL = contentURL;
		const { error } = await execute('download', { contentId });
		expect(error?.message).toMatch(sentence);
		expect(error?.description).toContain('HTTP Request node');
		expect(`${error?.message}${error?.description}`).not.toMatch(/sig=1|me:pw/);
		expect(paths()).toEqual([`/api/v3/libraries/contents/${contentId}`]);
	});

	it('takes an address without a host for one of the tenant', async () => {
		const { contentId, contentURL } = image();
		sandbox.tenant.contents[contentId]!.contentURL = new URL(contentURL).pathname;
		const { items } = await execute('download', { contentId });
		expect(items()[0]?.binary?.data?.fileName).toBe('content.png');
	});

	it('says so when there is no address, and when the file is gone', async () => {
		const [first, second] = itemsOf('Image');
		sandbox.tenant.contents[first!.contentId]!.contentURL = '';
		const none = await execute('download', { contentId: first!.contentId });
		expect(none.error?.message).toMatch(/did not return a URL/);
		sandbox.tenant.contents[second!.contentId]!.contentURL += '.gone';
		const gone = await execute('download', { contentId: second!.contentId });
		expect(gone.error).toMatchObject({
			httpCode: '404',
			message: expect.stringMatching(/the file was not found at its address on 127\.0\.0\.1:\d+/),
		});
	});

	it('refuses an empty name of the field', async () => {
		const { error } = await execute('download', { ...image(), binaryPropertyName: ' ' });
		expect(error?.message).toBe('The parameter "Put Output File in Field" is empty');
	});
});

describe('Get Card Model', () => {
	it('reads the model beside the page', async () => {
		const { contentId } = itemsOf('Card')[0]!;
		const { items } = await execute('getCardModel', { contentId: locator(contentId) });
		expect(items().map(({ json }) => json)).toEqual([
			{ inputs: [{ name: 'title', value: `Card ${contentId}` }] },
		]);
		expect(paths()).toEqual([
			`/api/v3/libraries/contents/${contentId}`,
			`/content/${contentId}/model.json`,
		]);
	});

	it('keeps what follows the page in the address', async () => {
		const { contentId } = itemsOf('Card')[0]!;
		sandbox.tenant.contents[contentId]!.contentURL += '?version=index.html';
		await execute('getCardModel', { contentId });
		expect(fileRequests()[0]).toMatchObject({
			path: `/content/${contentId}/model.json`,
			query: { version: 'index.html' },
		});
	});

	it('says so when the content is no card, or its model no JSON', async () => {
		const picture = image();
		sandbox.tenant.contents[picture.contentId]!.contentURL += '?from=/index.html';
		const { error } = await execute('getCardModel', { contentId: picture.contentId });
		expect(error?.message).toBe(`The content "${picture.contentId}" is not a card`);
		sandbox.fault({ path: /model\.json$/, body: '<p>Sign in', status: 200, times: 4 });
		const page = await execute('getCardModel', { contentId: itemsOf('Card')[0]!.contentId });
		expect(page.error?.message).toMatch(/not JSON/);
	}, 20_000);
});
