import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';
import { getChannel, items } from './channelOfEachItem.mts';

const under = tenantUnderTest({ latency: 0 });
const { run } = under;
const channelIds = () => under.tenant.channels.map(({ id }) => id);

describe('when an item fails', () => {
	const mixed = () => items(channelIds()[0]!, 'gone', channelIds()[1]!);

	it('the run stops and names item, parameter and value', async () => {
		const { error, status } = await run({ input: mixed(), nodes: [getChannel()] });
		expect(status).toBe('error');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Channel "gone" was not found (item 1)',
			httpCode: '404',
			context: { itemIndex: 1 },
		});
	});

	it('the first of several is the one that is told of', async () => {
		under.sandbox.fault({ path: 'channeldirectory/bad-0', status: 404, delay: 80 });
		const input = items('bad-0', 'bad-1', 'bad-2');
		const { error } = await run({ input, nodes: [getChannel()] });
		expect(error?.context?.itemIndex).toBe(0);
	});

	it('nothing more is begun', async () => {
		const input = items('gone', ...channelIds());
		await run({
			input,
			nodes: [getChannel({}, { itemsAtOnce: 1 })],
		});
		expect(apiCalls(under.sandbox)).toHaveLength(1);
	});

	it('Continue keeps the other items, and the failed one in its place', async () => {
		const node = getChannel({ onError: 'continueRegularOutput' });
		const result = await run({ input: mixed(), nodes: [node] });
		expect(result.error).toBeUndefined();
		const [first, second, third] = result.items();
		expect([first?.json.id, third?.json.id]).toEqual(channelIds().slice(0, 2));
		expect(second?.json).toEqual({
			error: 'Channel "gone" was not found (item 1)',
			message: expect.stringContaining('Pick the record from the list'),
		});
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
	});

	it('the error output gets the failed items and nothing else', async () => {
		const node = getChannel({ onError: 'continueErrorOutput' });
		const { outputs, error } = await run({ input: mixed(), nodes: [node] });
		expect(error).toBeUndefined();
		const [good, bad] = outputs('Appspace');
		expect(good?.map(({ json }) => json.id)).toEqual(channelIds().slice(0, 2));
		expect(bad).toHaveLength(1);
		expect(bad?.[0]?.json).toMatchObject({ error: expect.stringContaining('was not found') });
	});

	it.each([
		['a value that is no ID', '={{ $json.channel ? [{ id: $json.channel }] : "x" }}'],
		['an empty value', '={{ "" }}'],
	])('Continue also holds for %s', async (_, channelId) => {
		const node = appspaceNode('channel.get', { channelId }, { onError: 'continueRegularOutput' });
		const result = await run({ input: mixed(), nodes: [node] });
		expect(result.error).toBeUndefined();
		expect(result.items()).toHaveLength(3);
		for (const { json } of result.items()) expect(json.error).toContain('"Channel"');
	});

	it('Continue also holds for an expression that cannot be evaluated', async () => {
		const node = appspaceNode(
			'channel.get',
			{ channelId: `={{ $('Nowhere').item.json.id }}` },
			{ onError: 'continueRegularOutput' },
		);
		const result = await run({ input: items('a', 'b'), nodes: [node] });
		expect(result.error).toBeUndefined();
		expect(result.items()).toHaveLength(2);
	});
});

describe('what Appspace says', () => {
	const failure = async (fault: Parameters<typeof under.sandbox.fault>[0]) => {
		under.sandbox.fault({ path: /channeldirectory/, times: 9, ...fault });
		const input = items(channelIds()[0]!);
		return (await run({ input, nodes: [getChannel()] })).error;
	};

	it.each([
		[400, 'does not accept the request', 'Check the parameters'],
		[403, 'does not permit this', 'Give that user permission'],
		[409, 'conflicts', 'existing record'],
		[500, 'status 500', 'Try again later'],
		[418, 'status 418', 'Try again later'],
	])('%p becomes a sentence that says what to do', async (status, message, description) => {
		const error = await failure({ status, body: { message: 'Because of the moon' } });
		expect(error?.message).toMatch(/^Get channel: /);
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(description);
		expect(error?.description).toContain('Appspace says: "Because of the moon"');
		expect(error?.httpCode).toBe(String(status));
	});

	it.each([
		['a web page', { body: '<html><h1>Sign in</h1></html>' }, 'not JSON'],
		['nothing', { status: 200, body: '' }, 'empty response'],
		['a list', { body: [] }, 'without the requested record'],
	])(
		'%s instead of a record',
		async (_, fault, message) => {
			const error = await failure(fault);
			expect(error?.message).toContain(message);
			expect(error?.description).toContain('Base URL');
		},
		20_000,
	);

	it('a token that Appspace repeats in what it says is not told', async () => {
		const node = getChannel();
		await run({ input: items(channelIds()[0]!), nodes: [node] });
		const token = String(under.credentials.read('main').accessToken);
		expect(token.length).toBeGreaterThan(20);
		const body = { message: `The token ${token} may not do this.` };
		const error = await failure({ status: 400, body });
		expect(error?.description).toContain('Appspace says');
		expect(JSON.stringify(error)).not.toContain(token.slice(0, 40));
	});

	it('a list that is none', async () => {
		under.sandbox.fault({ path: 'channeldirectory/groups', body: { groups: [] } });
		const nodes = [appspaceNode('channel.getAllGroups')];
		const { error, items: output } = await run({ nodes });
		expect(error?.message).toContain('not a list');
		expect(output()).toEqual([]);
	});
});
