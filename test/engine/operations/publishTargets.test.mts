import type { Settings } from '../../../sandbox/server.mts';
import { apiCalls, locator, locators } from '../../support/appspaceNode.mts';
import { PublishedChannel, type Change } from './publishedChannel.mts';

let channel: PublishedChannel;
let devices: string[];
let groups: string[];
beforeEach(async () => {
	channel = await PublishedChannel.open();
	({ devices, groups } = channel);
});
afterEach(async () => await channel.sandbox.close());

describe.each([true, false])('bare array: %p', (bareArrays) => {
	beforeEach(() => channel.sandbox.set({ bareArrays }));

	it('Add keeps what is there and writes the complete list', async () => {
		const parameters = { deviceIds: locators(devices[2]), deviceGroupIds: locators(groups[1]) };
		const result = await channel.report('add', parameters);
		expect(apiCalls(channel.sandbox).map(({ method, path }) => [method, path])).toEqual([
			['GET', channel.path],
			['PUT', channel.path],
			['GET', channel.path],
		]);
		const word = (targetId: string, targetType: string) => ({
			publishToId: targetId,
			targetId,
			targetType,
		});
		expect(channel.writes()[0]?.body).toEqual({
			publishingRule: 'Overwrite',
			publishTo: [
				word(devices[0]!, 'Device'),
				word(devices[1]!, 'Device'),
				word(groups[0]!, 'DeviceGroup'),
				word(devices[2]!, 'Device'),
				word(groups[1]!, 'DeviceGroup'),
			],
		});
		expect(channel.present()).toEqual([
			[devices[0], 7],
			[devices[1], 7],
			[groups[0], 8],
			[devices[2], 7],
			[groups[1], 8],
		]);
		expect(result).toEqual({
			channelId: channel.id,
			publishTargets: channel.sandbox.tenant.publishTo[channel.id]!.map((target) => ({
				...target,
				targetTypeName: target.targetType === 7 ? 'Device' : 'DeviceGroup',
			})),
			added: [devices[2], groups[1]],
			removed: [],
		});
	});

	it('Remove keeps the others', async () => {
		const result = await channel.report('remove', { deviceIds: locators(devices[0]) });
		expect(channel.present()).toEqual([
			[devices[1], 7],
			[groups[0], 8],
		]);
		expect(result).toMatchObject({ channelId: channel.id, added: [], removed: [devices[0]] });
	});

	it('Remove tells a device from a device group', async () => {
		const result = await channel.report('remove', { deviceGroupIds: locators(devices[0]) });
		expect(result).toMatchObject({ added: [], removed: [] });
		expect(channel.writes()).toEqual([]);
	});

	it('Replace leaves exactly what was named', async () => {
		const result = await channel.report('replace', { deviceIds: locators(devices[1], devices[5]) });
		expect(channel.present()).toEqual([
			[devices[1], 7],
			[devices[5], 7],
		]);
		expect(result).toMatchObject({ added: [devices[5]], removed: [devices[0], groups[0]] });
	});

	it('Replace with nothing publishes nowhere', async () => {
		const result = await channel.report('replace', {});
		expect(channel.present()).toEqual([]);
		expect(result).toMatchObject({ publishTargets: [], added: [] });
		expect(result.removed).toHaveLength(3);
	});

	it('Replace changes nothing where an expression finds no target', async () => {
		for (const missing of ['={{ $json.device }}', '={{ null }}']) {
			const deviceIds = locators(devices[1], missing);
			const { error } = await channel.run('replace', { deviceIds });
			expect(error?.message).toBe('An entry under "Devices" has no value');
			expect(error?.description).toContain('Nothing was changed');
		}
		expect(apiCalls(channel.sandbox)).toEqual([]);
	});
});

it.each([
	['entries', () => locators(devices[2], devices[3])],
	['comma text', () => locators(`${devices[2]} , ${devices[3]},`)],
	['a list', () => locators([devices[2], devices[3]])],
	['an expression that gives a list', () => locators(`={{ ['${devices[2]}', '${devices[3]}'] }}`)],
	['entries, some of them empty', () => locators('', devices[2], locator('', 'list'), devices[3])],
	['repetitions', () => locators(`${devices[2]},${devices[3]}`, devices[2])],
])('takes device IDs as %s', async (_, deviceIds) => {
	expect(await channel.report('add', { deviceIds: deviceIds() })).toMatchObject({
		added: [devices[2], devices[3]],
	});
});

it('adds nothing twice and sends nothing where nothing is to change', async () => {
	const same = {
		deviceIds: locators(devices[0]!.toUpperCase()),
		deviceGroupIds: locators(groups[0]),
	};
	expect(await channel.report('add', same)).toMatchObject({ added: [], removed: [] });
	expect(await channel.report('remove', { deviceIds: locators(devices[6]) })).toMatchObject({
		removed: [],
	});
	expect(channel.writes()).toEqual([]);
});

it.each<Change>(['add', 'remove'])('%s wants to know what', async (change) => {
	const parameters = { deviceIds: locators(locator('', 'list')), deviceGroupIds: locators(' ') };
	const { error } = await channel.run(change, parameters);
	expect(error?.message).toBe('The parameters "Devices" and "Device Groups" are both empty');
	expect(apiCalls(channel.sandbox)).toEqual([]);
});

it.each<Settings['undocumentedReply']>(['object', 'array', 'items', 'text', 'empty'])(
	'does not depend on what the write is answered with: %s',
	async (undocumentedReply) => {
		channel.sandbox.set({ undocumentedReply });
		const result = await channel.report('add', { deviceIds: locators(devices[2]) });
		expect(result).toMatchObject({ added: [devices[2]] });
	},
);

it('says which channel was not found', async () => {
	const { error } = await channel.run('add', {
		channelId: 'gone',
		deviceIds: locators(devices[2]),
	});
	expect(error?.message).toBe('Channel "gone" was not found');
});
