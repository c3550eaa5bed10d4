import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { CredentialStore } from '../support/credentialStore.mts';
import { run, type RunOptions } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

const TOKEN = { path: '/api/v3/authorization/token' };
const ME: RunOptions['nodes'] = [
	{ name: 'Me', type: 'appspace', parameters: { resource: 'user', operation: 'getCurrent' } },
];

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ users: 3 });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.close();
});

const exchanges = () => sandbox.count(TOKEN);
const refused = () => sandbox.requests.filter(({ status }) => status >= 400).length;
const whoAmI = async (credentials: CredentialStore, items = 1) =>
	await run({ credentials, nodes: ME, input: Array.from({ length: items }, () => ({})) });

test('an empty token is fetched exactly as documented, used and stored', async () => {
	const credentials = sandboxCredential(sandbox);
	const { error, items } = await whoAmI(credentials);
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(1);
	const [exchange, call] = sandbox.requests;
	expect(exchange).toMatchObject({
		method: 'POST',
		path: '/api/v3/authorization/token',
		body: {
			subjectType: 'Application',
			subjectId: sandbox.subjectId,
			grantType: 'refreshToken',
			refreshToken: sandbox.refreshToken,
		},
	});
	expect(exchange?.headers.authorization).toBeUndefined();
	expect(exchange?.headers['content-type']).toContain('application/json');
	const stored = credentials.read('main');
	expect(call?.headers.authorization).toBe(`Bearer ${String(stored.accessToken)}`);
	expect(stored.refreshToken).toBe(sandbox.refreshToken);
});

test('a cached token is used again, without another exchange', async () => {
	const credentials = sandboxCredential(sandbox);
	await whoAmI(credentials);
	await whoAmI(credentials, 5);
	expect(exchanges()).toBe(1);
});

test('a token that has expired is renewed before it is sent: no failed call', async () => {
	const credentials = sandboxCredential(sandbox);
	await whoAmI(credentials);
	age(credentials, 3_600_000 - 59_000);
	expect((await whoAmI(credentials, 10)).error).toBeUndefined();
	expect([exchanges(), refused()]).toEqual([2, 0]);
});

test('a token that was revoked costs one refused call and one exchange', async () => {
	const credentials = sandboxCredential(sandbox);
	await whoAmI(credentials);
	sandbox.revokeAccessTokens();
	expect((await whoAmI(credentials)).error).toBeUndefined();
	expect([exchanges(), refused()]).toEqual([2, 1]);
});

test('a server that refuses every token gets few exchanges, and the user a sentence', async () => {
	const credentials = sandboxCredential(sandbox);
	sandbox.fault({ path: '/api/v3/users/me', status: 401, times: 10_000 });
	const { items } = await run({
		credentials,
		nodes: [{ ...ME[0]!, onError: 'continueRegularOutput' }],
		input: Array.from({ length: 50 }, () => ({})),
	});
	expect(items()).toHaveLength(50);
	expect(items()[0]?.json.error).toContain('refuses the access token, and a renewed one as well');
	expect(exchanges()).toBeLessThanOrEqual(4);
});

test('a refused exchange is asked for once, and said in our own words', async () => {
	const credentials = sandboxCredential(sandbox, { refreshToken: crypto.randomUUID() });
	const { error } = await whoAmI(credentials);
	expect(error?.message).toContain('Appspace refuses the SubjectId and RefreshToken');
	expect(error?.description).toContain('n8n tests it');
	expect(exchanges()).toBe(1);
});

test('404 does not renew anything', async () => {
	const credentials = sandboxCredential(sandbox);
	const nodes = [
		{
			name: 'Channel',
			type: 'appspace',
			parameters: { resource: 'channel', operation: 'get', channelId: crypto.randomUUID() },
		},
	];
	expect((await run({ credentials, nodes })).error?.httpCode).toBe('404');
	expect(exchanges()).toBe(1);
});

describe('403', () => {
	test('that a fresh token cures is cured by one exchange, for all items at once', async () => {
		const credentials = sandboxCredential(sandbox);
		sandbox.set({ expiredStatus: 403 });
		await whoAmI(credentials);
		age(credentials, 120_000);
		sandbox.revokeAccessTokens();
		expect((await whoAmI(credentials, 30)).error).toBeUndefined();
		expect(exchanges()).toBe(2);
	});

	test('that no token cures costs one exchange for 1,000 items, and is said for each', async () => {
		const credentials = sandboxCredential(sandbox);
		await whoAmI(credentials);
		age(credentials, 120_000);
		sandbox.set({ forbiddenPaths: ['users/me'] });
		const { items } = await run({
			credentials,
			nodes: [{ ...ME[0]!, onError: 'continueRegularOutput' }],
			input: Array.from({ length: 1_000 }, () => ({})),
		});
		expect(items()).toHaveLength(1_000);
		expect(items().every(({ json }) => String(json.error).includes('does not permit this'))).toBe(
			true,
		);
		expect(exchanges()).toBe(2);
	});

	test('with a young token costs none', async () => {
		const credentials = sandboxCredential(sandbox);
		sandbox.set({ forbiddenPaths: ['users/me'] });
		expect((await whoAmI(credentials, 20)).error?.httpCode).toBe('403');
		expect(exchanges()).toBe(1);
	});
});

describe('lifetimes', () => {
	test.each([
		['text', { expiresIn: 'text' as const }],
		['missing, in the token alone', { expiresIn: 'missing' as const }],
		['nonsense, in the token alone', { expiresIn: 'nonsense' as const }],
		[
			'in the token by a clock a year ahead',
			{ expiresIn: 'missing' as const, clockOffset: 31_536_000 },
		],
		[
			'in the token by a clock a year behind',
			{ expiresIn: 'missing' as const, clockOffset: -31_536_000 },
		],
	])('%s: renewed in time, and not before', async (_name, settings) => {
		sandbox.set(settings);
		const credentials = sandboxCredential(sandbox);
		await whoAmI(credentials);
		age(credentials, 3_600_000 - 61_000);
		await whoAmI(credentials);
		expect(exchanges()).toBe(1);
		age(credentials, 2_000);
		await whoAmI(credentials);
		expect([exchanges(), refused()]).toEqual([2, 0]);
	});

	test('unknown: a 401 is what tells', async () => {
		sandbox.set({ expiresIn: 'missing', jwtExpiry: false });
		const credentials = sandboxCredential(sandbox);
		await whoAmI(credentials);
		age(credentials, 86_400_000);
		await whoAmI(credentials);
		expect(exchanges()).toBe(1);
		sandbox.revokeAccessTokens();
		expect((await whoAmI(credentials)).error).toBeUndefined();
		expect([exchanges(), refused()]).toEqual([2, 1]);
	});

	test.each([0.5, 1, 1.9])('of %d s: no item lost and no loop', async (tokenLifetime) => {
		sandbox.set({ tokenLifetime, latency: 20 });
		const credentials = sandboxCredential(sandbox);
		// A clock that goes on with the requests: no verdict hangs on how busy the machine is.
		// A token lives for 200 of them, more than the limiter ever sends at once.
		const start = Date.now();
		const perRequest = (tokenLifetime * 1000) / 200;
		jest.spyOn(Date, 'now').mockImplementation(() => start + perRequest * sandbox.requests.length);
		const { error, items } = await whoAmI(credentials, 300);
		expect(error).toBeUndefined();
		expect(items()).toHaveLength(300);
		expect(exchanges()).toBeGreaterThan(1);
		expect(exchanges()).toBeLessThan(20);
	});

	test('too short to be of use: no loop, and a sentence', async () => {
		sandbox.set({ tokenLifetime: 0.001, latency: 5 });
		const { error } = await whoAmI(sandboxCredential(sandbox), 100);
		expect(error?.message).toContain('refuses the access token');
		expect(exchanges()).toBeLessThan(20);
	});

	test('a local clock that was ahead when the token was stored does no lasting harm', async () => {
		const credentials = sandboxCredential(sandbox);
		await whoAmI(credentials);
		age(credentials, -86_400_000);
		sandbox.revokeAccessTokens();
		expect((await whoAmI(credentials, 3)).error).toBeUndefined();
		expect([exchanges(), refused()]).toEqual([2, 0]);
	});
});

describe('rotation', () => {
	test('a rotated refresh token is stored and used the next time', async () => {
		sandbox.set({ rotation: 'singleUse' });
		const credentials = sandboxCredential(sandbox);
		const first = sandbox.refreshToken;
		await whoAmI(credentials);
		expect(credentials.read('main').refreshToken).toBe(sandbox.refreshToken);
		expect(sandbox.refreshToken).not.toBe(first);
		age(credentials, 3_600_000);
		expect((await whoAmI(credentials, 20)).error).toBeUndefined();
		expect([exchanges(), refused()]).toEqual([2, 0]);
	});

	test('a refresh token kept as an expression keeps its expression, and is not exchanged each time', async () => {
		sandbox.set({ rotation: 'newestOnly', rotationLeeway: 60 });
		const credentials = sandboxCredential(sandbox, {
			refreshToken: `={{ '${sandbox.refreshToken}' }}`,
		});
		await whoAmI(credentials, 3);
		await whoAmI(credentials, 3);
		expect(String(credentials.read('main').refreshToken)).toMatch(/^=\{\{/);
		expect(exchanges()).toBe(1);
	});
});

describe('binding', () => {
	test.each(['subjectId', 'refreshToken', 'baseUrl'])(
		'a changed %s is noticed at once',
		async (field) => {
			const credentials = sandboxCredential(sandbox);
			await whoAmI(credentials);
			const other = await startSandbox({ users: 3 });
			try {
				credentials.write('main', {
					[field]: field === 'baseUrl' ? other.url : crypto.randomUUID(),
				});
				const { error } = await whoAmI(credentials);
				expect(error?.message).toContain('Appspace refuses the SubjectId and RefreshToken');
			} finally {
				await other.close();
			}
		},
	);

	test('two credentials used at once do not mix', async () => {
		const other = await startSandbox({ users: 3, seed: sandbox.seed + 1 });
		try {
			const data = (tenant: Sandbox) => sandboxCredential(tenant).read('main');
			const credentials = new CredentialStore({
				main: { type: 'appspaceApi', data: data(sandbox) },
				other: { type: 'appspaceApi', data: data(other) },
			});
			const [mine, theirs] = await Promise.all([
				whoAmI(credentials, 8),
				run({ credentials, nodes: [{ ...ME[0]!, credential: 'other' }], input: [{}, {}] }),
			]);
			expect(new Set(mine.items().map(({ json }) => json.id)).size).toBe(1);
			expect(theirs.items()[0]?.json.id).not.toBe(mine.items()[0]?.json.id);
			expect([exchanges(), other.count(TOKEN)]).toEqual([1, 1]);
		} finally {
			await other.close();
		}
	});
});

test('the token never goes to another host, whatever address a workflow names', async () => {
	const other = await startSandbox({ users: 1 });
	try {
		const credentials = sandboxCredential(sandbox);
		const url = `${other.url}/api/v3/users/me`;
		const { error } = await run({
			credentials,
			nodes: [
				{
					name: 'Http',
					type: 'httpRequest',
					parameters: { url, nodeCredentialType: 'appspaceApi' },
				},
			],
		});
		expect(error?.message).toContain(`is only for ${sandbox.url}`);
		expect(other.requests).toHaveLength(0);
	} finally {
		await other.close();
	}
});

/** As if the stored token had been received this long ago, in milliseconds. */
function age(credentials: CredentialStore, by: number): void {
	const record = JSON.parse(String(credentials.read('main').accessTokenRecord));
	record.issuedAt -= by;
	credentials.write('main', { accessTokenRecord: JSON.stringify(record) });
}
