import { startSandbox, type FaultRule, type Sandbox } from '../../sandbox/server.mts';
import { unclear } from '../faults/unclear.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run, testCredential } from '../support/engine.mts';
import { movableClock } from '../support/movableClock.mts';
import { reply, startRawServer, type RawServer, type Script } from '../support/rawServer.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

const PATH = 'authorization/token';
const whoAmI = async (credentials: CredentialStore, items = 1) =>
	await run({
		credentials,
		nodes: [appspaceNode('user.getCurrent', {}, { onError: 'continueRegularOutput' })],
		input: Array.from({ length: items }, () => ({})),
	});

describe('an answer without an access token', () => {
	const CASES: Array<[string, FaultRule, exchanges: number]> = [
		['JSON without a token', { body: { ok: true } }, 1],
		['a blank token', { body: { accessToken: ' \n' } }, 1],
		['a token that no header can carry', { body: { accessToken: 'a\r\nX-Evil: 1' } }, 1],
		['a list', { body: [] }, 1],
		['null', { body: 'null' }, 1],
		['204', { status: 204, body: '' }, 1],
		['nothing', { body: '' }, 1],
		['half of JSON', { body: '{"accessToken":"ey' }, 2],
		['a web page', { body: '<h1>Welcome</h1>' }, 2],
		['502', { status: 502, body: '<h1>Bad gateway</h1>' }, 4],
		['429', { status: 429 }, 4],
		['401', { status: 401 }, 1],
	];

	// One after another: what is remembered for a second must not depend on how busy the machine is.
	it.each(CASES)(
		'%s: 100 items make as many exchanges as one, and each has a message',
		async (_, fault, expected) => {
			const sandbox = await startSandbox({ users: 1, channels: 1, devices: 1 });
			sandbox.fault({ path: PATH, status: 200, times: 999, ...fault });
			const { items } = await whoAmI(sandboxCredential(sandbox), 100);
			const { subjectId, refreshToken } = sandbox;
			const exchanges = sandbox.requests.filter(({ path }) => path.endsWith(PATH));
			await sandbox.close();
			expect(exchanges).toHaveLength(expected);
			expect(items()).toHaveLength(100);
			for (const { json } of items()) {
				const told = { message: String(json.error), description: String(json.message) };
				expect(unclear(told, [subjectId, refreshToken])).toEqual([]);
			}
		},
		60_000,
	);
});

/** A tenant whose token endpoint answers with these fields, in turn; the last one stays. */
async function tenantThatAnswers(...answers: Array<Record<string, unknown>>): Promise<RawServer> {
	const token: Script = (_, nth) => reply.json(answers[nth - 1] ?? answers.at(-1));
	return await startRawServer(() => reply.json({ id: 'me' }), { token });
}

describe('what is stored of an answer', () => {
	it.each([
		['blank', '   '],
		['empty', ''],
		['no text', 7],
		['null', null],
	])('not a refresh token that is %s', async (_, refreshToken) => {
		const server = await tenantThatAnswers({ accessToken: 'a.b.c', refreshToken, expiresIn: 60 });
		const before = server.store.read('main').refreshToken;
		const { items } = await whoAmI(server.store);
		await server.close();
		expect(items()[0]?.json).toEqual({ id: 'me' });
		expect(server.store.read('main').refreshToken).toBe(before);
	});

	it('tokens without blanks around them', async () => {
		const answer = { accessToken: ' a.b.c\n', refreshToken: '\tnext ', expiresIn: ' 3600 ' };
		const server = await tenantThatAnswers(answer);
		await whoAmI(server.store);
		await server.close();
		const { accessToken, refreshToken, accessTokenRecord } = server.store.read('main');
		expect({ accessToken, refreshToken }).toEqual({ accessToken: 'a.b.c', refreshToken: 'next' });
		expect(JSON.parse(String(accessTokenRecord))).toMatchObject({ lifetime: 3_600_000 });
		expect(server.requests[0]?.headers.authorization).toBe('Bearer a.b.c');
	});

	it('no refresh token that comes without a usable access token', async () => {
		const server = await tenantThatAnswers(
			{ accessToken: ' ', refreshToken: 'next' },
			{ accessToken: 'a.b.c', refreshToken: undefined, expiresIn: 60 },
		);
		const before = server.store.read('main').refreshToken;
		await whoAmI(server.store);
		expect(server.store.read('main').refreshToken).toBe(before);
		const clock = movableClock();
		clock.advance(6);
		const { items } = await whoAmI(server.store);
		clock.restore();
		await server.close();
		expect(items()[0]?.json).toEqual({ id: 'me' });
		expect(server.exchanges.map(({ body }) => JSON.parse(body).refreshToken)).toEqual([
			before,
			before,
		]);
	});
});

it.each([1e306, '1e306', Number.MAX_VALUE, 9e15])(
	'a lifetime of %p s is cut to one that can be stored: one exchange, however old the token',
	async (expiresIn) => {
		const server = await tenantThatAnswers({ accessToken: 'a.b.c', expiresIn });
		const clock = movableClock();
		try {
			for (const seconds of [0, 3, 60, 3_600, 86_400 * 300]) {
				clock.advance(seconds);
				expect((await whoAmI(server.store)).items()[0]?.json).toEqual({ id: 'me' });
			}
		} finally {
			clock.restore();
			await server.close();
		}
		expect(server.exchanges).toHaveLength(1);
	},
);

it('a stored lifetime that cannot be read costs no exchange', async () => {
	const server = await tenantThatAnswers({ accessToken: 'a.b.c' });
	await whoAmI(server.store);
	const record = JSON.parse(String(server.store.read('main').accessTokenRecord)) as object;
	server.store.write('main', { accessTokenRecord: JSON.stringify({ ...record, lifetime: null }) });
	const clock = movableClock();
	clock.advance(3);
	await whoAmI(server.store);
	clock.restore();
	await server.close();
	expect(server.exchanges).toHaveLength(1);
});

it.each([-3_600_000, 0, 3_600_000])(
	'Retry-After as a date is obeyed by a server whose clock is %d ms off',
	async (off) => {
		const date = (ahead: number) => new Date(Date.now() + off + ahead).toUTCString();
		const at: number[] = [];
		const server = await startRawServer(() => reply.json({ id: 'me' }), {
			token: (_, nth) => {
				at.push(Date.now());
				if (nth > 1) return reply.json({ accessToken: 'a.b.c' });
				const headers = { date: date(0), 'retry-after': date(2_000) };
				return reply.json({}, { status: 503, headers });
			},
		});
		const { items } = await whoAmI(server.store);
		await server.close();
		expect(items()[0]?.json).toEqual({ id: 'me' });
		expect(at).toHaveLength(2);
		expect((at[1] as number) - (at[0] as number)).toBeGreaterThanOrEqual(1_990);
	},
);

describe('refresh tokens for single use', () => {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox({ users: 1, channels: 1, devices: 1 });
		sandbox.set({ rotation: 'singleUse' });
	});
	afterEach(async () => await sandbox.close());

	const USED_UP = /probably used up.*was lost.*Create a new token.*for this credential only/;

	it('an answer that was lost: the message says so and what to do', async () => {
		sandbox.fault({ path: PATH, reset: 'afterHandling' });
		expect((await testCredential(sandboxCredential(sandbox))).message).toMatch(USED_UP);
	});

	it('an answer that was lost in an earlier run: the same', async () => {
		const credentials = sandboxCredential(sandbox);
		await whoAmI(credentials);
		sandbox.revokeRefreshToken();
		sandbox.revokeAccessTokens();
		expect((await testCredential(credentials)).message).toMatch(USED_UP);
	});

	it('a second credential with the same token: the message tells to use one for each', async () => {
		const [first, second] = [sandboxCredential(sandbox), sandboxCredential(sandbox)];
		second.write('main', { baseUrl: `${sandbox.url}/api/v3/` });
		expect(await testCredential(first)).toMatchObject({ status: 'OK' });
		const clock = movableClock();
		clock.advance(30);
		const { message } = await testCredential(second);
		clock.restore();
		expect(message).toMatch(/used up.*one token for each credential/);
	});
});
