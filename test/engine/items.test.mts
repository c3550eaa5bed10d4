import type { IDataObject, OnError } from 'n8n-workflow';
import { locators } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer, type RawServer, type Script } from '../support/rawServer.mts';
import type { RunResult } from '../support/runResult.mts';

let server: RawServer;
afterEach(async () => await server.close());

const LATENCY = 15;

/** The number in a channel's ID. */
const numberOf = (target: string): number => Number(/\/c(\d+)/.exec(target)?.[1]);
const record = (target: string) => reply.json({ id: `c${numberOf(target)}` });
const missing = reply.json({ message: 'No such channel' }, { status: 404 });

/** Publish targets that are always what was written. */
const targets: Script = ({ method }) =>
	reply.after(LATENCY, reply.json(method === 'GET' ? [{ targetId: 'd1', targetType: 7 }] : {}));

interface Options {
	operation?: string;
	options?: IDataObject;
	onError?: OnError;
	parameters?: Record<string, unknown>;
}

const runItems = async (count: number, more: Options = {}): Promise<RunResult> => {
	const { operation = 'get', options = {}, onError, parameters } = more;
	return await run({
		credentials: server.store,
		input: Array.from({ length: count }, (_, item) => ({ channelId: `c${item}` })),
		nodes: [
			{
				name: 'Appspace',
				type: 'appspace',
				...(onError && { onError }),
				parameters: {
					...{ resource: 'channel', operation, options, simplify: false },
					channelId: '={{ $json.channelId }}',
					...parameters,
				},
			},
		],
	});
};

const summary = (result: RunResult) =>
	result.items().map(({ json, pairedItem }) => [json.id, (pairedItem as { item: number }).item]);
const inOrder = (count: number) => Array.from({ length: count }, (_, item) => [`c${item}`, item]);

describe('the window', () => {
	/** Slow enough for a busy machine to fill the window. */
	const slow: Script = ({ target }) => reply.after(150, record(target));

	it('1,000 items: more and more reads at once, each item once, in order', async () => {
		server = await startRawServer(({ target }) => reply.after(50, record(target)));
		expect(summary(await runItems(1_000))).toEqual(inOrder(1_000));
		expect(server.requests).toHaveLength(1_000);
		expect(server.exchanges).toHaveLength(1);
		expect(server.mostAtOnce).toBeGreaterThan(24);
		expect(server.mostAtOnce).toBeLessThanOrEqual(128);
	});

	it.each([
		[1, 1],
		[3, 3],
		[20, 20],
		['5', 5],
	])('Items at Once %p: %d reads at once', async (itemsAtOnce, most) => {
		server = await startRawServer(slow);
		const count = 3 * most;
		expect(summary(await runItems(count, { options: { itemsAtOnce } }))).toEqual(inOrder(count));
		expect(server.mostAtOnce).toBe(most);
	});

	it('Items at Once is never more than 128, whatever an expression says', async () => {
		server = await startRawServer(slow);
		expect(summary(await runItems(600, { options: { itemsAtOnce: 1_000 } }))).toEqual(inOrder(600));
		expect(server.mostAtOnce).toBeGreaterThan(24);
		expect(server.mostAtOnce).toBeLessThanOrEqual(128);
	});

	it.each([0, -1, 1.5, 'many'])(
		'Items at Once %p is refused, and nothing is sent',
		async (itemsAtOnce) => {
			server = await startRawServer(slow);
			const { error } = await runItems(2, { options: { itemsAtOnce } });
			expect(error?.message).toMatch(/"Items at Once" is not a whole number/);
			expect(server.connections).toBe(0);
		},
	);

	it('output is in order when answers come in another', async () => {
		server = await startRawServer(({ target }) =>
			reply.after(numberOf(target) % 8 === 0 ? 60 : 2, record(target)),
		);
		expect(summary(await runItems(40))).toEqual(inOrder(40));
	});

	it('items and their pages ahead draw from the same number of requests', async () => {
		const page = Array.from({ length: 10 }, (_, id) => ({ id }));
		server = await startRawServer(({ target }) => {
			const start = Number(new URL(target, 'http://a').searchParams.get('start'));
			const items = start < 200 ? page.map(({ id }) => ({ id: start + id })) : [];
			return reply.after(LATENCY, reply.json({ items, size: 200, limit: 10 }));
		});
		const result = await runItems(8, {
			operation: 'getPlaylistItems',
			options: { pageSize: 10 },
			parameters: { returnAll: true },
		});
		expect(result.items()).toHaveLength(8 * 200);
		expect(server.mostAtOnce).toBeLessThanOrEqual(128);
		expect(server.mostAtOnce).toBeGreaterThan(8);
	});

	const write = { operation: 'replacePublishTargets', parameters: { deviceIds: locators('d1') } };

	it('Items at Once bounds pages that are read ahead, too', async () => {
		server = await startRawServer(({ target }) => {
			const start = Number(new URL(target, 'http://a').searchParams.get('start'));
			const items = start < 20 ? [{ id: start }] : [];
			return reply.after(LATENCY, reply.json({ items, size: 20, limit: 1 }));
		});
		const result = await runItems(1, {
			operation: 'getPlaylistItems',
			options: { pageSize: 1, itemsAtOnce: 2 },
			parameters: { returnAll: true },
		});
		expect(result.items()).toHaveLength(20);
		expect(server.mostAtOnce).toBe(2);
	});

	it('writes go one by one, each item as a whole', async () => {
		server = await startRawServer(targets);
		const result = await runItems(6, write);
		expect(result.error).toBeUndefined();
		expect(server.mostAtOnce).toBe(1);
		const order = server.requests.map(({ target }) => numberOf(target));
		expect(order).toEqual([...order].sort((left, right) => left - right));
	});

	it('writes go as many at once as Items at Once says', async () => {
		server = await startRawServer(targets);
		const result = await runItems(20, { ...write, options: { itemsAtOnce: 4 } });
		expect(result.error).toBeUndefined();
		expect(server.mostAtOnce).toBe(4);
		expect(result.items().map(({ json }) => json.channelId)).toEqual(inOrder(20).map(([id]) => id));
	});

	it('writes may be more at once than reads begin with', async () => {
		server = await startRawServer(targets);
		const result = await runItems(400, { ...write, options: { itemsAtOnce: 128 } });
		expect(result.error).toBeUndefined();
		expect(server.mostAtOnce).toBeGreaterThan(24);
		expect(server.mostAtOnce).toBeLessThanOrEqual(128);
	});

	it('items that change the same record keep apart, whatever Items at Once says', async () => {
		server = await startRawServer(targets);
		await runItems(6, {
			...write,
			options: { itemsAtOnce: 6 },
			parameters: { ...write.parameters, channelId: 'c1' },
		});
		expect(server.requests.map(({ method }) => method).join(' ')).toBe(
			Array(6).fill('GET PUT GET').join(' '),
		);
	});
});

describe('an item that fails', () => {
	it('the first of those that failed decides, and nothing new begins', async () => {
		// Item 5 fails at once; item 3 fails too, but later.
		server = await startRawServer(({ target }) => {
			const number = numberOf(target);
			if (number === 5) return reply.after(30, missing);
			return reply.after(number === 3 ? 120 : 90, number === 3 ? missing : record(target));
		});
		const result = await runItems(50);
		expect(result.error).toMatchObject({
			message: 'Channel "c3" was not found (item 3)',
			httpCode: '404',
			context: { itemIndex: 3 },
		});
		expect(server.requests).toHaveLength(24);
	});

	it('a list that fails asks for no further page, not even after the run', async () => {
		const page = Array.from({ length: 10 }, (_, id) => ({ id }));
		const later = { 'retry-after': '1' };
		server = await startRawServer(({ target }) => {
			const start = Number(new URL(target, 'http://a').searchParams.get('start'));
			// Late, so that all that is under way by then has arrived.
			if (start === 20) return reply.after(100, reply.json({}, { status: 404 }));
			if (start > 20) return reply.json({}, { status: 503, headers: later });
			const items = page.map(({ id }) => ({ id: start + id }));
			return reply.json({ items, size: 200, limit: 10 });
		});
		const { error } = await runItems(1, {
			operation: 'getPlaylistItems',
			options: { pageSize: 10 },
			parameters: { returnAll: true },
		});
		expect(error?.httpCode).toBe('404');
		const sent = server.requests.length;
		// By then the pages that were asked for ahead would be asked for again.
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(server.requests).toHaveLength(sent);
	});

	const oddOnesAreMissing: Script = ({ target }) =>
		numberOf(target) % 2 ? missing : record(target);

	it('continues with the others where the user wants that', async () => {
		server = await startRawServer(oddOnesAreMissing);
		const result = await runItems(20, { onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		const items = result.items();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			inOrder(20).map(([, item]) => ({ item })),
		);
		for (const [item, { json }] of items.entries()) {
			if (item % 2 === 0) expect(json.id).toBe(`c${item}`);
			else {
				expect(json.error).toBe(`Channel "c${item}" was not found (item ${item})`);
				expect(json.message).toMatch(/Pick the record from the list/);
			}
		}
	});

	it('goes to the error output where there is one', async () => {
		server = await startRawServer(oddOnesAreMissing);
		const [good = [], bad = []] = (await runItems(20, { onError: 'continueErrorOutput' })).outputs(
			'Appspace',
		);
		expect(good.map(({ json }) => json.id)).toEqual(
			inOrder(20).flatMap(([id], item) => (item % 2 ? [] : [id])),
		);
		expect(bad.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(
			Array.from({ length: 10 }, (_, index) => 2 * index + 1),
		);
	});

	it('a write that fails does not stop the next one on the same record', async () => {
		let writes = 0;
		server = await startRawServer((request, nth) =>
			request.method === 'PUT' && ++writes === 1
				? reply.json({ message: 'No' }, { status: 400 })
				: targets(request, nth),
		);
		const result = await runItems(3, {
			operation: 'replacePublishTargets',
			onError: 'continueRegularOutput',
			options: { itemsAtOnce: 3 },
			parameters: { deviceIds: locators('d1'), channelId: 'c1' },
		});
		expect(result.items().map(({ json }) => 'error' in json)).toEqual([true, false, false]);
	});
});
