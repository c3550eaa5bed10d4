import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { run } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { until } from '../support/until.mts';

/** What each case took: printed at the end, so that a reader sees the numbers and not only "passed". */
const report: string[] = [];
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
beforeEach(async () => {
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

test('1,000 items, the token expires three times on the way: 4 exchanges, no failed call', async () => {
	sandbox.set({ tokenLifetime: 2.5, latency: 75 });
	const credentials = sandboxCredential(sandbox);
	// The fourth token lives on: it is the one that sees the run to its end.
	const fourth = until(
		'the third token',
		() => sandbox.count({ ...TOKEN, status: 200 }) === 3,
	).then(() => sandbox.set({ tokenLifetime: 3_600 }));
	const { error, items } = await run({ credentials, nodes: node(), input: parallel(1_000) });
	await fourth;
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
	sandbox.set({ rotation: 'singleUse', tokenLifetime: 2.5, latency: 75, tokenLatency: 50 });
	const credentials = sandboxCredential(sandbox);
	const { error, items } = await run({ credentials, nodes: node(), input: parallel(500) });
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(500);
	note('single-use refresh tokens', items().length);
	expect(failedCalls()).toBe(0);
	expect(exchanges()).toBeGreaterThan(1);
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
