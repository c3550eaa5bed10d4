import { startSandbox, type Sandbox, type Settings } from '../../sandbox/server.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run, testCredential } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

type Placement = Settings['apiKeyPlacement'];

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ users: 3 });
});
afterEach(async () => await sandbox.close());

const withKey = (more: Record<string, string> = {}) =>
	sandboxCredential(sandbox, {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		apiKeyPlacement: 'auto',
		subjectId: '',
		refreshToken: '',
		...more,
	});
const whoAmI = async (credentials: CredentialStore, items = 1) =>
	await run({
		credentials,
		nodes: [
			{ name: 'Me', type: 'appspace', parameters: { resource: 'user', operation: 'getCurrent' } },
		],
		input: Array.from({ length: items }, () => ({})),
	});

const found: Array<[string, Placement]> = [
	['bearer', { kind: 'bearer' }],
	['X-Api-Key', { kind: 'header', name: 'X-Api-Key' }],
	['Authorization', { kind: 'header', name: 'Authorization' }],
	['exchange', { kind: 'exchange' }],
];

test.each(found)('auto finds out: %s', async (_name, apiKeyPlacement) => {
	sandbox.set({ apiKeyPlacement });
	const credentials = withKey();
	expect((await whoAmI(credentials, 10)).error).toBeUndefined();
	sandbox.clearRequests();
	expect((await whoAmI(credentials, 10)).error).toBeUndefined();
	expect(sandbox.requests).toHaveLength(10);
});

test('auto does not try the query, and says what was tried and what to choose', async () => {
	sandbox.set({ apiKeyPlacement: { kind: 'query', name: 'apiKey' } });
	const credentials = withKey();
	const { error } = await whoAmI(credentials);
	expect(error?.message).toContain('in any of the ways that were tried');
	expect(error?.message).toContain('"X-Api-Key: <key>"');
	expect(error?.message).toContain('Send API Key As');
	expect(sandbox.requests.some(({ query }) => JSON.stringify(query).includes(sandbox.apiKey))).toBe(
		false,
	);
	const asked = sandbox.requests.length;
	await whoAmI(credentials, 5);
	expect(sandbox.requests).toHaveLength(asked);
});

test('auto stops when Appspace asks for fewer requests', async () => {
	sandbox.fault({ path: '/api/v3/users/me', status: 429, times: 100 });
	expect((await testCredential(withKey())).message).toContain('asks for fewer requests');
	expect(new Set(sandbox.requests.map(({ headers }) => headers.authorization)).size).toBe(1);
});

const chosen: Array<[string, Record<string, string>, Placement]> = [
	['bearer', { apiKeyPlacement: 'bearer' }, { kind: 'bearer' }],
	['header', { apiKeyPlacement: 'header' }, { kind: 'header', name: 'X-Api-Key' }],
	[
		'header with a name',
		{ apiKeyPlacement: 'header', apiKeyName: 'X-Tenant-Key' },
		{ kind: 'header', name: 'X-Tenant-Key' },
	],
	['query', { apiKeyPlacement: 'query' }, { kind: 'query', name: 'apiKey' }],
	[
		'query with a name',
		{ apiKeyPlacement: 'query', apiKeyName: 'key' },
		{ kind: 'query', name: 'key' },
	],
	['exchange', { apiKeyPlacement: 'exchange' }, { kind: 'exchange' }],
];

test.each(chosen)('chosen by hand: %s', async (_name, fields, apiKeyPlacement) => {
	sandbox.set({ apiKeyPlacement });
	expect(await testCredential(withKey(fields))).toMatchObject({ status: 'OK' });
	expect((await whoAmI(withKey(fields), 3)).error).toBeUndefined();
});

test.each(chosen)('a wrong key never says success: %s', async (_name, fields, apiKeyPlacement) => {
	sandbox.set({ apiKeyPlacement });
	const credentials = withKey(fields);
	expect(await testCredential(credentials)).toMatchObject({ status: 'OK' });
	credentials.write('main', { apiKey: crypto.randomUUID() });
	const { status, message } = await testCredential(credentials);
	expect(status).toBe('Error');
	expect(message).toMatch(/refuses the API key|any of the ways|refuses the SubjectId/);
	expect(message).not.toContain(String(credentials.read('main').apiKey));
});

test('a changed way of sending is noticed at once', async () => {
	sandbox.set({ apiKeyPlacement: { kind: 'bearer' } });
	const credentials = withKey();
	expect(await testCredential(credentials)).toMatchObject({ status: 'OK' });
	credentials.write('main', { apiKeyPlacement: 'query' });
	expect((await testCredential(credentials)).message).toContain(
		'refuses the API key sent as query parameter',
	);
});

test('the key is sent exactly as typed', async () => {
	sandbox.set({ apiKeyPlacement: { kind: 'header', name: 'Authorization' } });
	const credentials = withKey({
		apiKeyPlacement: 'header',
		apiKeyName: 'Authorization',
		apiKey: 'Key abc',
	});
	await testCredential(credentials);
	expect(sandbox.requests[0]?.headers.authorization).toBe('Key abc');
});

test('an exchanged token that is revoked is renewed by the key', async () => {
	sandbox.set({ apiKeyPlacement: { kind: 'exchange' } });
	const credentials = withKey();
	await whoAmI(credentials);
	sandbox.revokeAccessTokens();
	expect((await whoAmI(credentials, 5)).error).toBeUndefined();
});
