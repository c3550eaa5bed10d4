import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api, call, exchange, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ settings: { latency: 1 } });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const control = (method: string, path = '', body?: unknown) =>
	call(sandbox, method, `/_sandbox${path}`, { body });

it('shows where to go and with which secrets', async () => {
	const { url, seed, subjectId, refreshToken, apiKey } = sandbox;
	expect((await control('GET')).body).toMatchObject({
		baseUrl: url,
		seed,
		subjectId,
		refreshToken,
		apiKey,
	});
});

it('reads and changes settings, patterns too', async () => {
	expect((await control('GET', '/settings')).body.latency).toBe(1);
	const changed = await control('PATCH', '/settings', {
		tokenLifetime: 12,
		forbiddenPaths: ['users/(me|you)$'],
	});
	expect(changed.body).toMatchObject({ tokenLifetime: 12, forbiddenPaths: ['users/(me|you)$'] });
	expect(sandbox.settings.tokenLifetime).toBe(12);
	expect((await api(sandbox, 'GET', 'users/me')).status).toBe(403);
	expect((await api(sandbox, 'GET', 'users')).status).toBe(200);
});

it.each<[unknown, RegExp]>([
	[{ nonsense: 1 }, /no setting "nonsense"/],
	[{ toString: 1 }, /no setting "toString"/],
	[{ tokenLifetime: 'long' }, /"tokenLifetime" must be a number/],
	[{ expiredStatus: 402 }, /"expiredStatus" must be one of 401, 403/],
	[{ apiKeyPlacement: { kind: 'header' } }, /"apiKeyPlacement" must be an object/],
	[{ forbiddenPaths: ['('] }, /regular expression/],
	[[], /must be sent as a JSON object/],
])('refuses the settings %j', async (change, sentence) => {
	const before = sandbox.settings;
	const { status, body } = await control('PATCH', '/settings', change);
	expect([status, body.message]).toEqual([400, expect.stringMatching(sentence)]);
	expect(sandbox.settings).toEqual(before);
});

it('adds, lists and clears faults', async () => {
	const rule = { path: 'users/.*', status: 503, probability: 1 };
	expect((await control('POST', '/faults', rule)).status).toBe(201);
	expect((await control('GET', '/faults')).body).toEqual([{ ...rule, left: 'always' }]);
	expect((await api(sandbox, 'GET', 'users/me')).status).toBe(503);
	expect((await control('DELETE', '/faults')).status).toBe(204);
	expect((await api(sandbox, 'GET', 'users/me')).status).toBe(200);
	expect((await control('POST', '/faults', 'x')).status).toBe(400);
});

it('records every request but its own, in order of arrival', async () => {
	const token = await freshToken(sandbox);
	await call(sandbox, 'GET', '/api/v3/users?limit=3&Start=1', { token, headers: { 'x-odd': 'a' } });
	await call(sandbox, 'DELETE', '/nowhere');
	await control('GET', '/settings');
	const recorded = (await control('GET', '/requests')).body;
	expect(recorded).toHaveLength(3);
	expect(recorded[0]).toMatchObject({
		method: 'POST',
		path: '/api/v3/authorization/token',
		body: { grantType: 'refreshToken', subjectId: sandbox.subjectId },
		status: 200,
	});
	expect(recorded[1]).toMatchObject({
		path: '/api/v3/users',
		query: { limit: '3', Start: '1' },
		headers: { 'x-odd': 'a', authorization: `Bearer ${token}` },
		status: 200,
	});
	expect(recorded[2]).toMatchObject({ method: 'DELETE', path: '/nowhere', status: 404 });

	expect(sandbox.count({})).toBe(3);
	expect(sandbox.count({ method: 'get', path: 'users' })).toBe(1);
	expect(sandbox.count({ path: /^\/API/ })).toBe(2);
	expect(sandbox.count({ status: 404 })).toBe(1);
	await control('DELETE', '/requests');
	expect(sandbox.requests).toEqual([]);
});

it('forgets the oldest requests beyond the bound', async () => {
	sandbox.set({ loggedRequests: 2 });
	for (const path of ['/a', '/b', '/c']) await call(sandbox, 'GET', path);
	expect(sandbox.requests.map(({ path }) => path)).toEqual(['/b', '/c']);
});

it('revokes', async () => {
	const token = await freshToken(sandbox);
	const me = async () => (await call(sandbox, 'GET', '/api/v3/users/me', { token })).status;
	expect(await me()).toBe(200);
	await control('POST', '/revoke', { what: 'accessTokens' });
	expect(await me()).toBe(401);
	expect((await control('POST', '/revoke', { what: 'refreshToken' })).status).toBe(200);
	expect((await exchange(sandbox)).status).toBe(401);
	expect((await control('POST', '/revoke', { what: 'everything' })).status).toBe(400);
});

it('goes back to the start', async () => {
	const { refreshToken, tenant } = sandbox;
	const firstUser = tenant.users[1]!.id;
	sandbox.set({ latency: 0, rotation: 'singleUse' });
	await exchange(sandbox);
	sandbox.fault({ status: 500, times: 9 });
	await control('POST', '/reset');
	expect(sandbox.refreshToken).toBe(refreshToken);
	expect(sandbox.settings.latency).toBe(1);
	expect(sandbox.requests).toEqual([]);
	expect(sandbox.tenant).not.toBe(tenant);
	expect(sandbox.tenant.users[1]!.id).toBe(firstUser);
	expect((await exchange(sandbox)).status).toBe(200);
});

it('refuses to start with a setting that is not there, or on a taken port', async () => {
	await expect(startSandbox({ settings: { size: 'odd' as 'right' } })).rejects.toThrow(
		/"size" must be/,
	);
	await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow(
		/EADDRINUSE/,
	);
});
