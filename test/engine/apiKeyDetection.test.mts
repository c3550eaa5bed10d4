import { testCredential } from '../support/engine.mts';
import { CredentialStore } from '../support/credentialStore.mts';
import { reply, startRawServer, type RawRequest, type Reply } from '../support/rawServer.mts';

const KEY = crypto.randomUUID();

/** How a request brings the key. */
function wayOf({ headers, target }: RawRequest): string {
	if (headers.authorization === `Bearer ${KEY}`) return 'bearer';
	if (headers['x-api-key'] === KEY) return 'X-Api-Key';
	if (headers.authorization === KEY) return 'Authorization';
	return target.includes(KEY) ? 'query' : 'none';
}

/** Presses Test with a key, at a server that answers each way of sending it with one of these statuses. */
async function press(statuses: Record<string, number>, fields: Record<string, string> = {}) {
	const answer = (status: number): Reply => reply.json({ id: 'me' }, { status });
	const server = await startRawServer((request) => answer(statuses[wayOf(request)] ?? 401), {
		token: () => answer(statuses.exchange ?? 401),
	});
	const data = { authentication: 'apiKey', apiKey: KEY, apiKeyPlacement: 'auto', ...fields };
	const store = new CredentialStore({
		main: { type: 'appspaceApi', data: { ...data, baseUrl: server.url } },
	});
	const { message = '' } = await testCredential(store);
	await server.close();
	const { accessTokenRecord } = store.read('main');
	const { sentAs } = JSON.parse(String(accessTokenRecord || '{}')) as { sentAs?: object };
	return { message, sentAs, requests: [...server.requests, ...server.exchanges] };
}

const MAY_NOT_READ = /may not read its own profile/;

it.each([
	['bearer', { placement: 'bearer', name: 'Authorization' }],
	['X-Api-Key', { placement: 'header', name: 'X-Api-Key' }],
	['Authorization', { placement: 'header', name: 'Authorization' }],
])(
	'a key that may not read users/me is recognized: 403 as %s, 401 otherwise',
	async (way, sentAs) => {
		expect(await press({ [way]: 403 })).toMatchObject({
			sentAs,
			message: expect.stringMatching(MAY_NOT_READ),
		});
	},
);

it('a user in the answer says more than a 403', async () => {
	const { sentAs } = await press({ bearer: 403, 'X-Api-Key': 200 });
	expect(sentAs).toEqual({ placement: 'header', name: 'X-Api-Key' });
});

it.each([
	['for everything', { bearer: 403, 'X-Api-Key': 403, Authorization: 403 }],
	['for two ways', { bearer: 403, Authorization: 403 }],
	['beside something else than 401', { bearer: 403, 'X-Api-Key': 400 }],
])('403 %s says nothing about the key', async (_, statuses) => {
	const { message, sentAs } = await press(statuses);
	expect(message).toMatch(/any of the ways/);
	expect(sentAs).toBeUndefined();
});

it.each([
	['header', 'X-Api-Key'],
	['bearer', 'bearer'],
	['query', 'query'],
])('chosen by hand as %s: 403 with the key and 401 without it is recognized', async (way, name) => {
	const fields = { apiKeyPlacement: way };
	expect((await press({ [name]: 403 }, fields)).message).toMatch(MAY_NOT_READ);
	// A server that refuses everybody with 403 does not know the key.
	expect((await press({ [name]: 403, none: 403 }, fields)).message).toMatch(/refuses the API key/);
});

it.each(['X Api Key', 'X-Key:', 'Host', 'Content-Length', 'Transfer-Encoding', 'X\nY'])(
	'a bad header name %j is said, and nothing is sent',
	async (apiKeyName) => {
		const { message, requests } = await press({}, { apiKeyPlacement: 'header', apiKeyName });
		expect(message).toMatch(/"Header or Parameter Name"/);
		expect(requests).toEqual([]);
	},
);

it('a key that no header can carry is said, and nothing is sent', async () => {
	const { message, requests } = await press({}, { apiKey: `${KEY}\n${KEY}` });
	expect(message).toMatch(/The API Key contains invalid characters/);
	expect(requests).toEqual([]);
});

it.each(['401', '403', '404', '500'])('no %s makes more than a few requests', async (status) => {
	const all = Object.fromEntries(
		['bearer', 'X-Api-Key', 'Authorization', 'exchange', 'none'].map((way) => [
			way,
			Number(status),
		]),
	);
	expect((await press(all)).requests.length).toBeLessThanOrEqual(4);
});
