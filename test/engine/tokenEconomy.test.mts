import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { run } from '../support/engine.mts';
import { movableClock } from '../support/movableClock.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { until } from '../support/until.mts';

/** What each case took: printed at the end, so that a reader sees the numbers and not only "passed". */
const report: string[] = [];
/** As Appspace usually issues them, in seconds. */
const LIFETIME = 3_600;
const ITEMS_AT_ONCE = 24;
const TOKEN = { path: '/api/v3/authorization/token' };
const parallel = (items: number) => Array.from({ length: items }, () => ({}));
const node = (options = {}) => [
	{
		name: 'Me',
		type: 'appspace',
		parameters: { resource: 'user', operation: 'getCurrent', options },
	},
];

let sandbox: Sandbox;
let hasEnded = false;
beforeEach(async () => {
	hasEnded = false;
	sandbox = await startSandbox({ users: 3 });
});
afterEach(async () => await sandbox.close());
afterAll(() => process.stdout.write(`\nToken economy\n${report.join('\n')}\n\n`));

const exchanges = () => sandbox.count(TOKEN);
const failedCalls = () => sandbox.requests.filter(({ status }) => status >= 400).length;
const note = (name: string, items: number) =>
	report.push(
		`  ${name.padEnd(66)} items ${String(items).padStart(5)}   exchanges ${exchanges()}   failed calls ${failedCalls()}`,
	);

/** Lets `lives` tokens expire in turn while items are under way, each after `apart` further items. */
async function letTokensExpire(lives: number, apart: number): Promise<void> {
	const clock = movableClock();
	const served = () => sandbox.count({ path: '/api/v3/users/me' });
	/** Of the present token, in seconds. */
	let age = 0;
	try {
		for (let life = 1; life <= lives; life++) {
			await until(`item ${life * apart}`, () => served() >= life * apart);
			// So near to its end that it has to be renewed, but what is under way with it still arrives in time.
			clock.advance(LIFETIME - 50 - age);
			await until(`token ${life + 1}`, () => exchanges() > life);
			const then = served();
			await until('the items of the old token', () => served() > then + 2 * ITEMS_AT_ONCE);
			// Now the old token is refused.
			age = 60;
			clock.advance(age);
		}
		await until('the end', () => hasEnded);
	} finally {
		clock.restore();
	}
}

test('1,000 items, the token expires three times on the way: 4 exchanges, no failed call', async () => {
	sandbox.set({ tokenLifetime: LIFETIME, latency: 20 });
	const credentials = sandboxCredential(sandbox);
	const expiries = letTokensExpire(3, 240);
	const { error, items } = await run({ credentials, nodes: node(), input: parallel(1_000) });
	hasEnded = true;
	await expiries;
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(1_000);
	note('token expires three times on the way', items().length);
	expect([exchanges(), failedCalls()]).toEqual([4, 0]);
}, 60_000);

test('20 parallel items on an empty token: 1 exchange', async () => {
	sandbox.set({ tokenLatency: 100 });
	const credentials = sandboxCredential(sandbox);
	const nodes = node({ itemsAtOnce: 20 });
	const { items } = await run({ credentials, nodes, input: parallel(20) });
	expect(items()).toHaveLength(20);
	note('20 at once on an empty token', items().length);
	expect([exchanges(), failedCalls()]).toEqual([1, 0]);
});

test('20 parallel items of the HTTP Request node on an empty token: 1 exchange', async () => {
	sandbox.set({ tokenLatency: 100 });
	const credentials = sandboxCredential(sandbox);
	const parameters = { url: `${sandbox.url}/api/v3/users/me`, nodeCredentialType: 'appspaceApi' };
	const nodes = [{ name: 'Http', type: 'httpRequest', parameters }];
	const { error, items } = await run({ credentials, nodes, input: parallel(20) });
	expect(error).toBeUndefined();
	note('20 at once on an empty token, HTTP Request node', items().length);
	expect([exchanges(), failedCalls()]).toEqual([1, 0]);
});

test('8 in flight, the token revoked, refusals arriving staggered: 1 exchange', async () => {
	const credentials = sandboxCredential(sandbox);
	await run({ credentials, nodes: node() });
	sandbox.clearRequests();
	sandbox.revokeAccessTokens();
	for (let item = 0; item < 8; item++) {
		sandbox.fault({ path: '/api/v3/users/me', status: 401, delay: item * 60, times: 1 });
	}
	const { error, items } = await run({ credentials, nodes: node(), input: parallel(8) });
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(8);
	note('8 in flight, token revoked, refusals 60 ms apart', items().length);
	expect([exchanges(), failedCalls()]).toEqual([1, 8]);
});

test('single-use refresh tokens: no item lost', async () => {
	sandbox.set({ rotation: 'singleUse', tokenLifetime: LIFETIME, latency: 20, tokenLatency: 50 });
	const credentials = sandboxCredential(sandbox);
	const expiries = letTokensExpire(2, 150);
	const { error, items } = await run({ credentials, nodes: node(), input: parallel(500) });
	hasEnded = true;
	await expiries;
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(500);
	note('single-use refresh tokens', items().length);
	expect([exchanges(), failedCalls()]).toEqual([3, 0]);
	expect(credentials.read('main').refreshToken).toBe(sandbox.refreshToken);
}, 60_000);

test('10 executions at once, the token expired: 1 exchange', async () => {
	sandbox.set({ rotation: 'singleUse', tokenLatency: 50 });
	const credentials = sandboxCredential(sandbox);
	const runs = await Promise.all(
		Array.from(
			{ length: 10 },
			async () => await run({ credentials, nodes: node(), input: parallel(3) }),
		),
	);
	expect(runs.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
	note('10 executions at once, single-use refresh tokens', 30);
	expect([exchanges(), failedCalls()]).toEqual([1, 0]);
});
