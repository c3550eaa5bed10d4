import { startSandbox, type Sandbox, type Settings } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { until } from '../../support/until.mts';

const USERS = 2_500;

let sandbox: Sandbox;
let credentials: CredentialStore;
// One for each test: pages that were read ahead in vain still arrive when a test is over.
beforeEach(async () => {
	sandbox = await startSandbox({ users: USERS, seed: 1 });
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => {
	await until('answers', () => sandbox.requests.every(({ status }) => status !== 0));
	await sandbox.close();
});

const list = async (parameters: Record<string, unknown> = { returnAll: true }) =>
	await run({ credentials, nodes: [appspaceNode('user.getAll', parameters)] });
const idsOf = ({ items }: Awaited<ReturnType<typeof list>>) => items().map(({ json }) => json.id);
const everybody = () => sandbox.tenant.users.map(({ id }) => id);

describe.each<Settings['size']>(['right', 'wrong', 'tooLarge', 'missing', 'text'])(
	'2,500 users, size %s',
	(size) => {
		it.each<[string, Partial<Settings>]>([
			['as asked', {}],
			['a cap below the asked limit', { limitCap: 70 }],
			['no echo of the limit', { limitEcho: 'missing' }],
			['a cap and no echo', { limitCap: 30, limitEcho: 'missing' }],
		])('each exactly once and in order: %s', async (_, settings) => {
			sandbox.set({ size, ...settings });
			const result = await list();
			expect(result.error).toBeUndefined();
			expect(idsOf(result)).toEqual(everybody());
			const pages = Math.ceil(USERS / (settings.limitCap ?? 100));
			// Nothing beyond the pages, the empty one that ends the list, and what was read ahead.
			expect(apiCalls(sandbox).length).toBeLessThanOrEqual(pages + 18);
		});
	},
);

it.each<Settings['size']>(['right', 'tooLarge', 'text'])(
	'refuses a server that repeats its pages and announces more, size %s',
	async (size) => {
		sandbox.set({ repeatPages: true, size });
		const { error, items } = await list();
		expect(error?.message).toMatch(/returned 100 records of \d+ and then repeated them/);
		expect(items()).toEqual([]);
		expect(apiCalls(sandbox).length).toBeLessThanOrEqual(6);
	},
);

it.each<Settings['size']>(['wrong', 'missing'])(
	'ends on a server that repeats its pages and announces nothing, with a hint, size %s',
	async (size) => {
		sandbox.set({ repeatPages: true, size });
		const result = await list();
		expect(idsOf(result)).toEqual(everybody().slice(0, 100));
		expect(result.hints).toEqual([
			{
				message: expect.stringMatching(/^The list may be incomplete: .* same page again/),
				...{ type: 'warning', location: 'outputPane' },
			},
		]);
		expect(apiCalls(sandbox)).toHaveLength(2);
	},
);

it('reads pages ahead where the total is known', async () => {
	sandbox.set({ latency: 50 });
	await list();
	const asked = sandbox.requests.filter(({ path }) => path === '/api/v3/users').map(({ at }) => at);
	const gaps = asked.map((at, index) => at - asked[Math.max(0, index - 1)]!);
	// A page that arrives sooner than the one before it can have been answered was asked for ahead.
	expect(gaps.filter((gap) => gap < 50).length).toBeGreaterThan(asked.length / 2);
});

it.each([1, 100, 101, 1_234])('respects a limit of %p to the record', async (limit) => {
	const result = await list({ limit });
	expect(idsOf(result)).toEqual(everybody().slice(0, limit));
	// Of many pages, the last one is looked at before it is read in its turn.
	const looks = limit > 500 ? 1 : 0;
	expect(apiCalls(sandbox)).toHaveLength(Math.ceil(limit / 100) + looks);
});

it('takes a page size that was chosen', async () => {
	const result = await list({ returnAll: true, options: { pageSize: 1_000 } });
	expect(idsOf(result)).toEqual(everybody());
	expect(apiCalls(sandbox).map(({ query }) => query.limit)).toContain('1000');
	expect(apiCalls(sandbox).length).toBeLessThanOrEqual(4);
});

it.each<Settings['size']>(['right', 'wrong', 'missing', 'text'])(
	'a cap that the echoed limit hides cuts no list, size %s',
	async (size) => {
		sandbox.set({ size, limitCap: 500, limitEcho: 'asked' });
		const result = await list({ returnAll: true, options: { pageSize: 1_000 } });
		expect(idsOf(result)).toEqual(everybody());
		expect(result.hints).toEqual([]);
	},
);

it('a page that cannot be read fails the list as a whole', async () => {
	sandbox.fault({ path: 'users', after: 5, status: 500, times: 99 });
	const { error, items } = await list();
	expect(items()).toEqual([]);
	expect(error).toMatchObject({ httpCode: '500', message: expect.stringContaining('status 500') });
});

it('a page that fails in passing is read again', async () => {
	sandbox.fault({ path: 'users', after: 5, status: 503 });
	sandbox.fault({ path: 'users', after: 8, truncate: true });
	expect(idsOf(await list())).toEqual(everybody());
});
