import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';
import { getChannel, items } from './channelOfEachItem.mts';

const under = tenantUnderTest({ latency: 0 });
const { run } = under;
const channelIds = () => under.tenant.channels.map(({ id }) => id);

describe('pairing and order', () => {
	it('every item is worked on with its own parameters, in the order of the input', async () => {
		const ids = channelIds();
		const result = await run({ input: items(...ids), nodes: [getChannel()] });
		expect(result.error).toBeUndefined();
		expect(result.items().map(({ json }) => json.id)).toEqual(ids);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, item) => ({ item })),
		);
	});

	it('the order holds when answers come in another one', async () => {
		const ids = channelIds().slice(0, 8);
		for (const [index, id] of ids.entries()) {
			under.sandbox.fault({ path: `channeldirectory/${id}`, delay: (8 - index) * 15 });
		}
		const result = await run({ input: items(...ids), nodes: [getChannel()] });
		expect(result.items().map(({ json }) => json.id)).toEqual(ids);
	});

	it('every record of a list points at the item that it came from', async () => {
		const ids = channelIds().slice(1, 6);
		const node = appspaceNode('channel.getPlaylistItems', {
			channelId: locator('={{ $json.channel }}'),
			returnAll: true,
		});
		const result = await run({ input: items(...ids), nodes: [node] });
		const expected = ids.flatMap((id, item) =>
			under.tenant.playlistItems[id]!.map((entry) => ({ id: entry.id, item })),
		);
		expect(
			result.items().map(({ json, pairedItem }) => ({ id: json.id, ...(pairedItem as object) })),
		).toEqual(expected);
	});

	it('pairing reaches back over two nodes', async () => {
		const ids = channelIds().slice(1, 5);
		const { items: output } = await run({
			input: items(...ids),
			nodes: [
				getChannel({ name: 'First' }),
				appspaceNode('channel.get', {
					channelId: `={{ $('First').item.json.id }}`,
				}),
			],
		});
		expect(output().map(({ json }) => json.id)).toEqual(ids);
	});

	it('each item may choose its own limit, filters and Simplify', async () => {
		const input = [
			{ limit: 2, name: '', simplify: true },
			{ limit: 3, name: 'a', simplify: false },
		];
		const node = appspaceNode('channel.getAll', {
			limit: '={{ $json.limit }}',
			simplify: '={{ $json.simplify }}',
			filters: { name: '={{ $json.name }}' },
		});
		const result = await run({ input, nodes: [node] });
		const [first, second] = [0, 1].map((wanted) =>
			result.items().filter(({ pairedItem }) => (pairedItem as { item: number }).item === wanted),
		);
		expect(first).toHaveLength(2);
		expect(second).toHaveLength(3);
		expect(first![0]!.json).not.toHaveProperty('metadata');
		expect(second![0]!.json).toHaveProperty('metadata');
	});
});

describe('how many at once', () => {
	const overlaps = () => {
		const times = under.sandbox.requests
			.filter(({ path }) => path.includes('channeldirectory'))
			.map(({ at }) => at);
		return times.filter((at, index) => index > 0 && at - times[index - 1]! < 40).length;
	};

	it('reads go out together', async () => {
		under.sandbox.set({ latency: 40 });
		await run({ input: items(...channelIds().slice(0, 8)), nodes: [getChannel()] });
		expect(overlaps()).toBeGreaterThanOrEqual(4);
	});

	it('one by one where that was chosen', async () => {
		under.sandbox.set({ latency: 40 });
		const node = getChannel({}, { itemsAtOnce: 1 });
		await run({ input: items(...channelIds().slice(0, 5)), nodes: [node] });
		expect(overlaps()).toBe(0);
	});

	it.each([0, -3, 2.5, 'all'])('refuses %p', async (itemsAtOnce) => {
		const node = getChannel({}, { itemsAtOnce: `={{ ${JSON.stringify(itemsAtOnce)} }}` });
		const { error } = await run({ input: items('x'), nodes: [node] });
		expect(error?.message).toContain('"Items at Once"');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

it('Execute Once works on the first item only', async () => {
	const node = getChannel({ executeOnce: true });
	const input = items(...channelIds().slice(0, 5));
	const result = await run({ input, nodes: [node] });
	expect(result.items().map(({ json }) => json.id)).toEqual([channelIds()[0]]);
	expect(apiCalls(under.sandbox)).toHaveLength(1);
});

it('no items in, none out, nothing sent', async () => {
	const result = await run({ input: [], nodes: [getChannel()] });
	expect(result.error).toBeUndefined();
	expect(apiCalls(under.sandbox)).toEqual([]);
});

it('an empty result still lets Always Output Data go on', async () => {
	const node = appspaceNode(
		'channel.getAll',
		{ filters: { name: 'no such channel' } },
		{ alwaysOutputData: true },
	);
	const { items: output } = await run({ nodes: [node] });
	expect(output().map(({ json }) => json)).toEqual([{}]);
});
