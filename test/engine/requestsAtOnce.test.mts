import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { appspaceNode, locators } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer } from '../support/rawServer.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

describe('a tenant that allows so many requests a second', () => {
	let sandbox: Sandbox;
	afterEach(async () => await sandbox.close());

	it.each([false, true])(
		'400 items all come through, in order and paired, Retry-After %p',
		async (retryAfter) => {
			sandbox = await startSandbox({
				users: 400,
				// So little that even a busy machine asks for more.
				settings: { rateLimit: { perSecond: 50, depth: 10, retryAfter }, latency: 20 },
			});
			const ids = sandbox.tenant.users.map(({ id }) => id);
			const result = await run({
				credentials: sandboxCredential(sandbox),
				input: ids.map((userId) => ({ userId })),
				nodes: [appspaceNode('user.get', { userId: '={{ $json.userId }}' })],
			});
			expect(result.error).toBeUndefined();
			const items = result.items();
			expect(items.map(({ json }) => json.id)).toEqual(ids);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
			expect(sandbox.count({ status: 429 })).toBeGreaterThan(0);
		},
	);

	it('writes are turned away and come through as well, each once', async () => {
		sandbox = await startSandbox({
			channels: 60,
			settings: { rateLimit: { perSecond: 50, depth: 20 }, undocumentedReply: 'object' },
		});
		const deviceIds = sandbox.tenant.devices[0]!.id;
		const result = await run({
			credentials: sandboxCredential(sandbox),
			input: sandbox.tenant.channels.map(({ id }) => ({ channelId: id })),
			nodes: [
				appspaceNode('channel.replacePublishTargets', {
					...{
						channelId: '={{ $json.channelId }}',
						deviceIds: locators(deviceIds),
						options: { itemsAtOnce: 30 },
					},
				}),
			],
		});
		expect(result.error).toBeUndefined();
		expect(result.items()).toHaveLength(60);
		expect(sandbox.count({ status: 429 })).toBeGreaterThan(0);
		expect(sandbox.count({ method: 'PUT' }) - sandbox.count({ method: 'PUT', status: 429 })).toBe(
			60,
		);
	});
});

it('the Retry-After of one item holds back the whole run', async () => {
	const HOLD = 2_000;
	const arrivals: number[] = [];
	let refusedAt: number | undefined;
	const server = await startRawServer(() => {
		arrivals.push(Date.now());
		if (arrivals.length !== 60) return reply.after(20, reply.json({ id: 'u' }));
		refusedAt = Date.now();
		return reply.json({}, { status: 429, headers: { 'retry-after': String(HOLD / 1_000) } });
	});
	const result = await run({
		credentials: server.store,
		input: Array.from({ length: 200 }, (_, item) => ({ userId: `u${item}` })),
		nodes: [appspaceNode('user.get', { userId: '={{ $json.userId }}' })],
	});
	await server.close();
	expect(result.items()).toHaveLength(200);
	const after = arrivals.map((at) => at - (refusedAt ?? NaN));
	// What was under way arrives; a busy machine has half of the time for it.
	expect(after.filter((passed) => passed > HOLD / 2 && passed < HOLD - 10)).toEqual([]);
	expect(after.some((passed) => passed >= HOLD - 10)).toBe(true);
});

it.each(['tooLarge', 'right', 'wrong', 'missing', 'text'] as const)(
	'a list whose size is %s costs four requests at most that it does not need',
	async (size) => {
		const sandbox = await startSandbox({ users: 800, settings: { size, latency: 30 } });
		const result = await run({
			credentials: sandboxCredential(sandbox),
			nodes: [appspaceNode('user.getAll', { returnAll: true })],
		});
		await sandbox.close();
		expect(result.items()).toHaveLength(800);
		// Eight pages and the empty one that ends them.
		expect(sandbox.count({ path: 'users' })).toBeGreaterThanOrEqual(8);
		expect(sandbox.count({ path: 'users' })).toBeLessThanOrEqual(9 + 4);
	},
);

it('a run asks a tenant that slows down for no more than it can do', async () => {
	const workers = { count: 10, milliseconds: 20 };
	const sandbox = await startSandbox({ users: 60, settings: { workers, loggedLoad: 10_000 } });
	const ids = sandbox.tenant.users.map(({ id }) => id);
	const result = await run({
		credentials: sandboxCredential(sandbox),
		input: Array.from({ length: 1_000 }, (_, item) => ({ userId: ids[item % ids.length] })),
		nodes: [appspaceNode('user.get', { userId: '={{ $json.userId }}' })],
	});
	await sandbox.close();
	expect(result.items()).toHaveLength(1_000);
	// The first rounds find out.
	const late = sandbox.load.slice(500).map(({ waiting }) => waiting);
	const median = late.sort((left, right) => left - right)[late.length >> 1];
	expect(median).toBeLessThanOrEqual(2 * workers.count);
});
