import { locators } from '../../support/appspaceNode.mts';
import { PublishedChannel, type Change } from './publishedChannel.mts';

type Fault = Parameters<PublishedChannel['sandbox']['fault']>[0];

let channel: PublishedChannel;
let devices: string[];
let groups: string[];
beforeEach(async () => {
	channel = await PublishedChannel.open();
	({ devices, groups } = channel);
});
afterEach(async () => await channel.sandbox.close());

const fault = (method: 'GET' | 'PUT', rule: Fault) =>
	channel.sandbox.fault({ path: channel.path, method, ...rule });

describe('a target that cannot be written back', () => {
	let userId: string;
	beforeEach(() => {
		const { users, publishTo } = channel.sandbox.tenant;
		userId = users[1]!.id;
		publishTo[channel.id]!.push(channel.entry(userId, 4));
	});

	it.each<Change>(['add', 'remove'])('%s changes nothing and says so', async (change) => {
		const before = channel.present();
		const deviceIds = change === 'add' ? devices[2] : devices[0];
		const { error } = await channel.run(change, { deviceIds: locators(deviceIds) });
		expect(error?.message).toMatch(/target of type "?4"?/);
		expect(error?.description).toContain('Nothing was changed');
		expect(channel.present()).toEqual(before);
		expect(channel.writes()).toEqual([]);
	});

	it('Replace removes it, as it is told to, and says so', async () => {
		const { removed } = await channel.report('replace', { deviceIds: locators(devices[0]) });
		expect(removed).toContain(userId);
	});
});

describe('several at the same time', () => {
	it.each([1, 8])('items for one channel lose nothing, %p at once', async (itemsAtOnce) => {
		channel.sandbox.set({ latency: 10 });
		const input = devices.slice(2).map((device) => ({ device }));
		const parameters = { deviceIds: locators('={{ $json.device }}'), options: { itemsAtOnce } };
		const { error, items } = await channel.run('add', parameters, input);
		expect(error).toBeUndefined();
		expect(channel.presentIds()).toEqual([...devices.slice(0, 2), groups[0], ...devices.slice(2)]);
		expect(items().map(({ json }) => json.added)).toEqual(input.map(({ device }) => [device]));
	});

	it('an item that fails keeps none of the others from its turn', async () => {
		fault('PUT', { status: 400 });
		const { items } = await channel.run(
			'add',
			{ deviceIds: locators('={{ $json.device }}'), options: { itemsAtOnce: 8 } },
			devices.slice(2, 6).map((device) => ({ device })),
			{ onError: 'continueRegularOutput' },
		);
		expect(items().map(({ json }) => 'error' in json)).toEqual([true, false, false, false]);
		expect(channel.presentIds()).toEqual(expect.arrayContaining(devices.slice(3, 6)));
	});

	it('says so when somebody else has added a target meanwhile', async () => {
		channel.meddle((written) => [...written, channel.entry(groups[3]!, 8)]);
		const { error } = await channel.run('add', { deviceIds: locators(devices[2]) });
		expect(error?.message).toContain(`channel "${channel.id}"`);
		expect(error?.description).toContain('Someone else');
		expect(error?.description).toContain(groups[3]);
	});

	it('says so when somebody else has removed a target meanwhile', async () => {
		channel.meddle((written) => written.slice(1));
		const { error } = await channel.run('add', { deviceIds: locators(devices[2]) });
		expect(error?.description).toContain('Missing');
		expect(error?.description).toContain(devices[0]);
	});
});

describe('a write that may or may not have been carried out', () => {
	it.each<[string, Fault]>([
		['no answer came', { reset: 'afterHandling' }],
		['the answer broke off', { truncate: true }],
		['a gateway gave up', { status: 504 }],
		['the server failed', { status: 500 }],
	])('is sent once, and the sentence says it is uncertain: %s', async (_, rule) => {
		fault('PUT', rule);
		const { error } = await channel.run('add', { deviceIds: locators(devices[2]) });
		expect(channel.writes()).toHaveLength(1);
		expect(error?.description).toContain('may have carried out');
		expect(error?.description).toContain('not sent again');
	});

	it.each<[string, Fault]>([
		['429', { status: 429 }],
		['503 with Retry-After', { status: 503, headers: { 'retry-after': '0' } }],
	])('is sent again where it was turned away unread: %s', async (_, rule) => {
		fault('PUT', rule);
		const result = await channel.report('add', { deviceIds: locators(devices[2]) });
		expect(result).toMatchObject({ added: [devices[2]] });
		expect(channel.writes()).toHaveLength(2);
	});

	it('is not sent at all when the targets cannot be read', async () => {
		fault('GET', { body: { targets: [] } });
		const { error } = await channel.run('add', { deviceIds: locators(devices[2]) });
		expect(error).toBeDefined();
		expect(channel.writes()).toEqual([]);
	});

	it.each([500, 403])(
		'was carried out where only reading it back fails (%p), and the sentence does not deny it',
		async (status) => {
			fault('GET', { after: 1, status });
			const { error } = await channel.run('add', { deviceIds: locators(devices[2]) });
			expect(channel.presentIds()).toContain(devices[2]);
			expect(error?.description).toMatch(/may have carried out|already changed something/);
		},
	);
});
