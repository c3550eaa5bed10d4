import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../nodes/Appspace/runtime/operation.ts';
import {
	keyOf,
	namedTargets,
	namedTargetsRequired,
	readTargets,
	simplifyTarget,
	targetsReport,
	writable,
	writeTargets,
} from '../../nodes/Appspace/resources/channel/publishTarget.ts';
import { readPages } from '../../nodes/Appspace/transport/pages.ts';
import { addPublishTargets } from '../../nodes/Appspace/resources/channel/addPublishTargets.operation.ts';
import { removePublishTargets } from '../../nodes/Appspace/resources/channel/removePublishTargets.operation.ts';
import { replacePublishTargets } from '../../nodes/Appspace/resources/channel/replacePublishTargets.operation.ts';

interface Fake {
	present: IDataObject[];
	deviceIds?: string[];
	deviceGroupIds?: string[];
	bare?: boolean;
	/** What the server makes of a write; what is written unless told. */
	write?: (written: IDataObject[]) => IDataObject[];
}

/** All records that the pages of an operation hold. */
const list: Call['list'] = async (_path, { fetch } = {}) => {
	const listing = {
		pageSize: 100,
		limit: Infinity,
		readAhead: () => 0,
		onShortfall: () => undefined,
	};
	const records: IDataObject[] = [];
	for await (const record of readPages(fetch!, listing)) records.push(record);
	return records;
};

/** A channel whose list of targets is replaced whole by each write. */
function channelWith({ present, deviceIds = [], deviceGroupIds = [], bare, write }: Fake) {
	let targets = present;
	const bodies: IDataObject[] = [];
	const ids = (parameter: string) => (parameter === 'deviceIds' ? deviceIds : deviceGroupIds);
	const call = {
		id: () => 'c1',
		...{ ids, wholeIds: ids },
		list,
		runExclusive: async (_: string, work: () => Promise<unknown>) => await work(),
		request: async ({ method, body }: { method?: string; body?: IDataObject }) => {
			if (method !== 'PUT') return bare ? targets : { items: targets };
			bodies.push(body!);
			const written = (body!.publishTo as IDataObject[]).map(({ targetId, targetType }) => ({
				targetId,
				targetType: targetType === 'Device' ? 7 : 8,
			}));
			targets = write?.(written) ?? written;
			return undefined;
		},
	} as unknown as Call;
	return { call, bodies, now: () => targets.map(keyOf) };
}

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
const setup = fc.record({
	present: fc.uniqueArray(
		fc.record({ targetId: fc.constantFrom('a', 'b', 'c', 'd'), targetType: fc.constantFrom(7, 8) }),
		{ selector: ({ targetId, targetType }) => `${targetType} ${targetId}` },
	),
	deviceIds: ids,
	deviceGroupIds: ids,
	bare: fc.boolean(),
});
const named = ({ deviceIds = [], deviceGroupIds = [] }: Fake) => [
	...deviceIds.map((id) => `Device ${id}`),
	...deviceGroupIds.map((id) => `DeviceGroup ${id}`),
];
const sorted = (keys: Iterable<string>) => [...new Set(keys)].sort();

test('Add is a union, Remove a difference, Replace the named ones: whatever is there', async () => {
	await fc.assert(
		fc.asyncProperty(setup, async (given) => {
			const before = given.present.map(keyOf);
			const wanted = named(given);
			const outcomes = {
				add: [addPublishTargets, [...before, ...wanted]],
				remove: [removePublishTargets, before.filter((key) => !wanted.includes(key))],
				replace: [replacePublishTargets, wanted],
			} as const;
			for (const [name, [operation, expected]] of Object.entries(outcomes)) {
				if (wanted.length === 0 && name !== 'replace') continue;
				const { call, now } = channelWith(given);
				const report = (await operation.run?.(call)) as IDataObject;
				expect({ name, now: sorted(now()) }).toEqual({ name, now: sorted(expected) });
				expect(report.added).toHaveLength(expected.filter((key) => !before.includes(key)).length);
				expect(report.removed).toHaveLength(before.filter((key) => !expected.includes(key)).length);
			}
		}),
		{ numRuns: 500 },
	);
});

test('every entry that is written has a kind that Appspace takes, and is there once', async () => {
	await fc.assert(
		fc.asyncProperty(setup, async (given) => {
			fc.pre(named(given).length > 0);
			const { call, bodies } = channelWith(given);
			await addPublishTargets.run?.(call);
			for (const { publishingRule, publishTo } of bodies) {
				expect(publishingRule).toBe('Overwrite');
				const entries = publishTo as IDataObject[];
				expect(new Set(entries.map(keyOf as (entry: IDataObject) => string)).size).toBe(
					entries.length,
				);
				for (const { publishToId, targetId, targetType } of entries) {
					expect(publishToId).toBe(targetId);
					expect(['Device', 'DeviceGroup']).toContain(targetType);
				}
			}
		}),
	);
});

test('a target of a kind that cannot be written stops Add and Remove before the write', async () => {
	const kinds = fc.oneof(
		fc.integer().filter((kind) => kind !== 7 && kind !== 8),
		fc.constant('User'),
	);
	await fc.assert(
		fc.asyncProperty(kinds, setup, async (targetType, given) => {
			const present = [...given.present, { targetId: 'odd', targetType }];
			const fresh = { present, deviceIds: ['new'] };
			const gone = { present, deviceIds: ['old'] };
			gone.present = [...present, { targetId: 'old', targetType: 7 }];
			for (const [operation, fake] of [
				[addPublishTargets, fresh],
				[removePublishTargets, gone],
			] as const) {
				const { call, bodies } = channelWith(fake);
				await expect(operation.run?.(call)).rejects.toMatchObject({
					failure: { kind: 'input', description: expect.stringContaining('Nothing was changed') },
				});
				expect(bodies).toEqual([]);
			}
		}),
	);
});

test.each([
	['an entry without an ID', { targetType: 7 }],
	['an entry with an ID of another type', { targetId: 7, targetType: 7 }],
])('%s cannot be written back either', (_, target) => {
	expect(() => writable([target])).toThrow();
});

test('names are kept, and words are read like numbers', () => {
	const present = [
		{ targetId: 'a', targetType: '7', name: 'Lobby' },
		{ targetId: 'b', targetType: 'DeviceGroup' },
	];
	expect(writable(present)).toEqual([
		{ targetId: 'a', targetType: 'Device', name: 'Lobby' },
		{ targetId: 'b', targetType: 'DeviceGroup' },
	]);
});

test('reading back finds what is missing and what is not ours, whatever the server did', async () => {
	const target = { targetId: 'a', targetType: 'Device' as const };
	const lost = channelWith({ present: [], write: () => [] });
	await expect(writeTargets(lost.call, 'c1', [target])).rejects.toMatchObject({
		failure: { description: expect.stringMatching(/Missing: "?Device a"?\./) },
	});
	const other = { targetId: 'x', targetType: 8 };
	const more = channelWith({ present: [], write: (written) => [...written, other] });
	await expect(writeTargets(more.call, 'c1', [target])).rejects.toMatchObject({
		failure: { description: expect.stringMatching(/Unexpected: "?DeviceGroup x"?\./) },
	});
	const same = channelWith({ present: [], write: (written) => [...written].reverse() });
	await expect(writeTargets(same.call, 'c1', [target])).resolves.toHaveLength(1);
});

test('an ID is the same in upper and lower case, a device is not a group', () => {
	expect(keyOf({ targetId: 'ABC', targetType: 7 })).toBe(
		keyOf({ targetId: 'abc', targetType: 'Device' }),
	);
	expect(keyOf({ targetId: 'a', targetType: 7 })).not.toBe(keyOf({ targetId: 'a', targetType: 8 }));
});

test('what an item names', () => {
	const { call } = channelWith({ present: [], deviceIds: ['a'], deviceGroupIds: ['b'] });
	expect(namedTargets(call)).toEqual([
		{ targetId: 'a', targetType: 'Device' },
		{ targetId: 'b', targetType: 'DeviceGroup' },
	]);
	expect(() => namedTargetsRequired(channelWith({ present: [] }).call)).toThrow();
});

test.each([
	[4, 'User'],
	[7, 'Device'],
	['8', 'DeviceGroup'],
	[99, '99'],
	['Display', 'Display'],
])('the type %j is shown as %s', (targetType, targetTypeName) => {
	expect(simplifyTarget({ targetType })).toMatchObject({ targetType, targetTypeName });
});

test('a report compares before and after', () => {
	const before = [
		{ targetId: 'a', targetType: 7 },
		{ targetId: 'b', targetType: 8 },
	];
	const after = [
		{ targetId: 'b', targetType: 8 },
		{ targetId: 'c', targetType: 7 },
	];
	expect(targetsReport('c1', before, after)).toMatchObject({
		channelId: 'c1',
		added: ['c'],
		removed: ['a'],
	});
});

test('an answer that is no list is no empty list', async () => {
	const call = { list, request: async () => ({ targets: [] }) } as unknown as Call;
	await expect(readTargets(call, 'c1')).rejects.toMatchObject({ failure: { kind: 'answer' } });
});
