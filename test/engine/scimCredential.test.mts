import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { unclear } from '../faults/unclear.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { CredentialStore } from '../support/credentialStore.mts';
import { listSearch, run, testCredential } from '../support/engine.mts';
import { reply, startRawServer, type RawServer } from '../support/rawServer.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ users: 12 })));
beforeEach(() => {
	sandbox.set({ forbiddenPaths: [], groupSync: true });
	sandbox.clearFaults();
	sandbox.clearRequests();
});
afterAll(async () => await sandbox.close());

const stored = (changes: Record<string, string> = {}) => {
	const data = { baseUrl: sandbox.scimUrl, scimToken: sandbox.scimToken, ...changes };
	return new CredentialStore({ scim: { type: 'appspaceScimApi', data } });
};
const press = async (changes?: Record<string, string>) =>
	await testCredential(stored(changes), 'scim');
const OK = { status: 'OK', message: 'Connection successful!' };
const says = (message: string) => ({ status: 'Error', message: expect.stringContaining(message) });

describe('the Test button', () => {
	it.each([
		['as the console shows it', ''],
		['with slashes at the end', '//'],
		['with a query', '?x=1'],
	])('right token, address %s', async (_, suffix) => {
		expect(await press({ baseUrl: ` ${sandbox.scimUrl}${suffix}` })).toEqual(OK);
		expect(sandbox.requests.map(({ path, query }) => [path, query])).toEqual([
			['/identity/scim/Users', { startIndex: '1', count: '1' }],
		]);
	});

	it('a bare host gets the usual path, and "Bearer" may be pasted with the token', async () => {
		expect(await press({ baseUrl: sandbox.url })).toEqual(OK);
		expect(await press({ scimToken: ` Bearer ${sandbox.scimToken}\n` })).toEqual(OK);
	});

	it.each([
		['a wrong token', { scimToken: crypto.randomUUID() }, 'refuses the SCIM Token'],
		['no token', { scimToken: ' ' }, 'The SCIM Token is empty'],
		['a token over two lines', { scimToken: 'first\nsecond' }, 'contains invalid characters'],
		['no address', { baseUrl: '' }, 'The Base URL is empty'],
		['no encryption', { baseUrl: 'http://scim.example.com' }, 'start with https://'],
		['an unknown host', { baseUrl: 'https://tenant.invalid' }, 'ENOTFOUND'],
	])('%s', async (_, changes, message) => expect(await press(changes)).toEqual(says(message)));

	it('a token that may not read, and an address that is not SCIM', async () => {
		sandbox.set({ forbiddenPaths: [/./] });
		expect(await press()).toEqual(says('does not let it read users'));
		sandbox.set({ forbiddenPaths: [] });
		expect(await press({ baseUrl: `${sandbox.url}/nowhere` })).toEqual(
			says('not as a SCIM service'),
		);
		sandbox.fault({ status: 200, body: '<html>Sign in</html>' });
		expect(await press()).toEqual(says('not as a SCIM service'));
		sandbox.fault({ status: 200, body: { ok: true } });
		expect(await press()).toEqual(says('not as a SCIM service'));
	});

	it('does not believe a configuration that anybody may read', async () => {
		const open = await startRawServer(({ target }) =>
			target.includes('ServiceProviderConfig')
				? reply.json({ patch: { supported: true } })
				: reply.json({ detail: 'no' }, { status: 401 }),
		);
		expect(await press({ baseUrl: open.url })).toEqual(says('refuses the SCIM Token'));
		await open.close();
	});
});

describe('where the token goes', () => {
	let elsewhere: RawServer;
	beforeAll(async () => {
		elsewhere = await startRawServer(() => reply.json({ totalResults: 0 }));
	});
	afterAll(async () => await elsewhere.close());
	const get = async (store: CredentialStore, more = {}) =>
		await run({
			credentials: store,
			nodes: [appspaceNode('scimUser.get', { scimUserId: 'u1', ...more })],
		});

	it('no redirect to another host is followed, from the node or the Test button', async () => {
		for (const status of [301, 302, 303, 307, 308]) {
			sandbox.fault({ times: 2, redirect: `${elsewhere.url}/identity/scim/Users`, status });
			const { error } = await get(stored());
			expect(error?.message).toContain('redirects this request to another address');
			expect(unclear(error as { message: string }, [sandbox.scimToken])).toEqual([]);
			expect(await press()).toEqual(says('redirects to another address'));
			sandbox.clearFaults();
		}
		expect(elsewhere.connections).toBe(0);
	});

	it('nor one to another path of the same host; one below SCIM is, for reads', async () => {
		sandbox.fault({ path: /u1$/, redirect: '/api/v3/users/me' });
		expect((await get(stored())).error?.message).toContain('to another address');
		sandbox.fault({ path: /u1$/, redirect: '/identity/scim/../../api/v3/users/me' });
		expect((await get(stored())).error?.message).toContain('to another address');
		expect(sandbox.count({ path: 'users/me' })).toBe(0);
		const { id } = sandbox.tenant.scimUsers[2]!;
		sandbox.fault({ path: /u1$/, redirect: `/identity/scim/Users/${id}` });
		expect((await get(stored())).items()[0]?.json).toMatchObject({ id });
		sandbox.fault({ method: 'DELETE', redirect: `/identity/scim/Users/${id}` });
		const deleting = appspaceNode('scimUser.delete', { scimUserId: id });
		const { error } = await run({ credentials: stored(), nodes: [deleting] });
		expect(error?.message).toContain('to another address');
		expect(sandbox.tenant.scimUsers[2]!.id).toBe(id);
	});

	it('the HTTP Request node cannot take it elsewhere, not even to API v3', async () => {
		const fetchFrom = async (url: string) =>
			await run({
				credentials: stored(),
				nodes: [
					{
						...{ name: 'HTTP Request', type: 'httpRequest', credential: 'scim' },
						parameters: { url, nodeCredentialType: 'appspaceScimApi' },
					},
				],
			});
		for (const url of [
			`${elsewhere.url}/identity/scim/Users`,
			`${sandbox.url}/api/v3/users/me`,
			`${sandbox.scimUrl}x/Users`,
		]) {
			expect((await fetchFrom(url)).error?.message).toContain(
				'only for addresses below its Base URL',
			);
		}
		expect(elsewhere.connections).toBe(0);
		expect(sandbox.requests).toEqual([]);
		expect((await fetchFrom(`${sandbox.scimUrl}/Users?count=1`)).error).toBeUndefined();
	});

	it('in one workflow each service gets its own secret and never the other', async () => {
		const credentials = sandboxCredential(sandbox);
		const { error } = await run({
			credentials,
			nodes: [
				appspaceNode('user.getCurrent', {}, { name: 'Before' }),
				appspaceNode('scimUser.getAll', { limit: 1 }, { name: 'Over SCIM' }),
				appspaceNode('scimGroup.getAll', { limit: 1 }, { name: 'Groups' }),
				appspaceNode('scimUser.create', { userName: 'both@example.com' }, { name: 'Create' }),
				appspaceNode('user.getAll', { limit: 1 }, { name: 'After' }),
			],
		});
		expect(error).toBeUndefined();
		await listSearch({
			method: 'searchScimUsers',
			credentials,
			credential: 'scim',
			parameters: { resource: 'scimUser' },
		});
		await listSearch({ method: 'searchUsers', credentials, parameters: { resource: 'user' } });
		const { accessToken, refreshToken, subjectId } = credentials.read('main');
		const scim = sandbox.requests.filter(({ path }) => path.startsWith('/identity/scim'));
		const v3 = sandbox.requests.filter(({ path }) => path.startsWith('/api/v3'));
		expect(scim.length).toBeGreaterThan(3);
		expect(v3.length).toBeGreaterThan(3);
		for (const { headers } of scim) {
			expect(headers.authorization).toBe(`Bearer ${sandbox.scimToken}`);
		}
		const toScim = JSON.stringify(scim);
		for (const secret of [accessToken, refreshToken, subjectId])
			expect(toScim).not.toContain(secret);
		expect(JSON.stringify(v3)).not.toContain(sandbox.scimToken);
	});
});

test('a token that is refused is told once, and not tried for a thousand items', async () => {
	const input = Array.from({ length: 50 }, (_, index) => ({ id: `u${index}` }));
	const { items } = await run({
		credentials: stored({ scimToken: crypto.randomUUID() }),
		input,
		nodes: [
			appspaceNode(
				'scimUser.get',
				{ scimUserId: '={{ $json.id }}', options: { itemsAtOnce: 1 } },
				{ onError: 'continueRegularOutput' },
			),
		],
	});
	expect(items().length).toBe(50);
	for (const { json } of items()) expect(json.error).toContain('refuses the SCIM token');
	expect(sandbox.requests.length).toBe(1);
});

test('a server that quotes the token in its refusal', async () => {
	const detail = `The token ${sandbox.scimToken} (Bearer ${sandbox.scimToken}) is bad.`;
	sandbox.fault({ status: 400, body: { detail } });
	const { error } = await run({ credentials: stored(), nodes: [appspaceNode('scimUser.getAll')] });
	expect(error?.description).toContain('The token *** (Bearer ***');
	expect(JSON.stringify(error)).not.toContain(sandbox.scimToken);
});
