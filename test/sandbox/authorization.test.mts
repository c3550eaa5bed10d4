import { decodeJwt } from 'jose';
import { startSandbox, type Sandbox, type Settings } from '../../sandbox/server.mts';
import { movableClock } from '../support/movableClock.mts';
import { call, exchange, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const me = async (token?: string, headers = {}) =>
	(await call(sandbox, 'GET', '/api/v3/users/me', { token, headers })).status;

describe('the token exchange', () => {
	it('answers all the documented fields, with a signed token that opens the API', async () => {
		const { status, body } = await exchange(sandbox);
		expect(status).toBe(200);
		expect(Object.keys(body).sort()).toEqual([
			'accessToken',
			'expiresIn',
			'idToken',
			'refreshToken',
			'refreshTokenExpiresIn',
			'tokenType',
		]);
		expect(body.expiresIn).toBe(3600);
		const { iat = 0, exp = 0 } = decodeJwt(body.accessToken);
		expect(exp - iat).toBe(3600);
		expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(5);
		expect(await me(body.accessToken)).toBe(200);
	});

	it('takes the path in any case and the optional context', async () => {
		const { subjectId, refreshToken } = sandbox;
		const body = { subjectType: 'Application', subjectId, grantType: 'refreshToken', refreshToken };
		const answer = await call(sandbox, 'POST', '/API/V3/Authorization/Token', {
			body: { ...body, context: null },
		});
		expect(answer.status).toBe(200);
	});

	it.each([
		['another SubjectId', { subjectId: crypto.randomUUID() }, 401],
		['another refresh token', { refreshToken: crypto.randomUUID() }, 401],
		['no refresh token', { refreshToken: undefined }, 400],
		['a SubjectId that is no text', { subjectId: 7 }, 400],
		['another subject type', { subjectType: 'UserStreaming' }, 400],
		['another grant type', { grantType: 'password' }, 400],
	])('refuses %s', async (_name, change, status) => {
		const answer = await exchange(sandbox, change);
		expect(answer.status).toBe(status);
		expect(answer.body.message).toEqual(expect.any(String));
	});

	it('refuses a body that is not JSON', async () => {
		const answer = await call(sandbox, 'POST', '/api/v3/authorization/token', { body: '{"subj' });
		expect(answer.status).toBe(400);
	});

	it.each<[Settings['expiresIn'], unknown]>([
		['number', 90],
		['text', '90'],
		['missing', undefined],
		['nonsense', 'soon'],
	])('announces the lifetime as %s', async (expiresIn, announced) => {
		sandbox.set({ expiresIn, tokenLifetime: 90 });
		expect((await exchange(sandbox)).body.expiresIn).toBe(announced);
	});

	it('signs tokens by a wrong clock, or without times', async () => {
		sandbox.set({ clockOffset: -7200 });
		const { iat = 0, exp = 0 } = decodeJwt(await freshToken(sandbox));
		expect(Math.abs(iat + 7200 - Date.now() / 1000)).toBeLessThan(5);
		expect(exp - iat).toBe(3600);
		sandbox.set({ jwtExpiry: false });
		const token = await freshToken(sandbox);
		expect(decodeJwt(token)).not.toHaveProperty('exp');
		expect(await me(token)).toBe(200);
	});
});

describe('access tokens', () => {
	it('expire', async () => {
		const time = movableClock();
		try {
			sandbox.set({ tokenLifetime: 600 });
			const token = await freshToken(sandbox);
			time.advance(300);
			expect(await me(token)).toBe(200);
			time.advance(301);
			expect(await me(token)).toBe(401);
		} finally {
			time.restore();
		}
	});

	it('are refused with 403 where the tenant does so', async () => {
		sandbox.set({ tokenLifetime: 0, expiredStatus: 403 });
		expect(await me(await freshToken(sandbox))).toBe(403);
	});

	it('are refused once revoked, and a new one is good', async () => {
		const token = await freshToken(sandbox);
		sandbox.revokeAccessTokens();
		expect(await me(token)).toBe(401);
		expect(await me(await freshToken(sandbox))).toBe(200);
	});

	it('are refused when changed, unsigned, of another tenant, bare or absent', async () => {
		const other = await startSandbox();
		const foreign = await freshToken(other);
		await other.close();
		const token = await freshToken(sandbox);
		const [head, payload, signature = ''] = token.split('.');
		const flipped = signature.startsWith('A') ? 'B' : 'A';
		expect(await me(`${head}.${payload}.${flipped}${signature.slice(1)}`)).toBe(401);
		expect(await me(`${head}.${payload}.`)).toBe(401);
		expect(await me(foreign)).toBe(401);
		expect(await me(undefined, { authorization: token })).toBe(401);
		expect(await me()).toBe(401);
		expect(await me((await exchange(sandbox)).body.idToken)).toBe(401);
	});
});

describe('refresh tokens', () => {
	const use = async (refreshToken: string) => (await exchange(sandbox, { refreshToken })).status;

	it('stay the same without rotation', async () => {
		const { refreshToken } = sandbox;
		expect((await exchange(sandbox)).body.refreshToken).toBe(refreshToken);
		expect(await use(refreshToken)).toBe(200);
	});

	it('can be used once with single use', async () => {
		sandbox.set({ rotation: 'singleUse' });
		const first = sandbox.refreshToken;
		const { body } = await exchange(sandbox);
		expect(body.refreshToken).not.toBe(first);
		expect(sandbox.refreshToken).toBe(body.refreshToken);
		expect(await use(first)).toBe(401);
		expect(await use(body.refreshToken)).toBe(200);
	});

	it('differ in what a leeway means: single use lets siblings live, newest only does not', async () => {
		for (const [rotation, older] of [
			['singleUse', 200],
			['newestOnly', 401],
		] as const) {
			sandbox.reset();
			sandbox.set({ rotation, rotationLeeway: 60 });
			const refreshToken = sandbox.refreshToken;
			const one = (await exchange(sandbox, { refreshToken })).body.refreshToken;
			sandbox.set({ rotationLeeway: 0 });
			expect(await use(refreshToken)).toBe(200);
			expect(await use(one)).toBe(older);
		}
	});

	it('can be revoked and issued anew', async () => {
		const token = await freshToken(sandbox);
		sandbox.revokeRefreshToken();
		expect((await exchange(sandbox)).status).toBe(401);
		expect(await me(token)).toBe(200);
		const issued = sandbox.issueRefreshToken();
		expect(sandbox.refreshToken).toBe(issued);
		expect((await exchange(sandbox)).status).toBe(200);
		sandbox.issueRefreshToken();
		expect(await use(issued)).toBe(401);
	});
});

describe('the API key', () => {
	const ways = {
		'Authorization: Bearer': [
			{ kind: 'bearer' },
			(key: string) => me(undefined, { authorization: `Bearer ${key}` }),
		],
		'X-Api-Key': [
			{ kind: 'header', name: 'X-Api-Key' },
			(key: string) => me(undefined, { 'x-api-key': key }),
		],
		'Authorization alone': [
			{ kind: 'header', name: 'Authorization' },
			(key: string) => me(undefined, { authorization: key }),
		],
		'the query': [
			{ kind: 'query', name: 'apiKey' },
			async (key: string) => (await call(sandbox, 'GET', `/api/v3/users/me?APIKEY=${key}`)).status,
		],
		'the exchange': [
			{ kind: 'exchange' },
			async (apiKey: string) => {
				const body = { grantType: 'apiKey', apiKey };
				const answer = await call(sandbox, 'POST', '/api/v3/authorization/token', { body });
				return answer.status === 200 ? await me(answer.body.accessToken) : answer.status;
			},
		],
	} as const;

	it.each(Object.keys(ways) as Array<keyof typeof ways>)(
		'is accepted in %s if that was drawn, and nowhere else',
		async (drawn) => {
			sandbox.set({ apiKeyPlacement: ways[drawn][0] });
			for (const [name, [, present]] of Object.entries(ways)) {
				expect([name, (await present(sandbox.apiKey)) === 200]).toEqual([name, name === drawn]);
			}
			expect(await ways[drawn][1](crypto.randomUUID())).not.toBe(200);
			sandbox.revokeApiKey();
			expect(await ways[drawn][1](sandbox.apiKey)).not.toBe(200);
		},
	);

	it('is placed by the seed', async () => {
		const placements = new Set<string>();
		for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
			const drawn = await startSandbox({ seed, users: 1, channels: 0, devices: 0 });
			placements.add(JSON.stringify(drawn.settings.apiKeyPlacement));
			await drawn.close();
		}
		expect(placements.size).toBeGreaterThan(2);
	});
});

it('forbids paths to a valid token', async () => {
	sandbox.set({ forbiddenPaths: ['users/me', /channeldirectory\/.*/] });
	const token = await freshToken(sandbox);
	const status = async (path: string) =>
		(await call(sandbox, 'GET', `/api/v3/${path}`, { token })).status;
	expect(await status('users/me')).toBe(403);
	expect(await status('users')).toBe(200);
	expect(await status('channelDirectory/groups')).toBe(403);
	expect(await me()).toBe(401);
});
