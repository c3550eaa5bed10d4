import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { locator } from '../../nodes/Appspace/fields/locators.ts';
import { RunHints } from '../../nodes/Appspace/runtime/runHints.ts';
import { ItemCall } from '../../nodes/Appspace/runtime/itemCall.ts';
import { RunMemory } from '../../nodes/Appspace/runtime/runMemory.ts';
import { idsIn } from '../../nodes/Appspace/runtime/parameterValues.ts';
import type { Operation } from '../../nodes/Appspace/runtime/operation.ts';
import { fieldsOf } from '../../nodes/Appspace/runtime/properties.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';
import type { Tenant } from '../../nodes/Appspace/transport/tenant.ts';
import type { TenantRequest } from '../../nodes/Appspace/transport/tenantRequest.ts';

const operation: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many things',
	description: 'List things',
	effect: 'read',
	endpoints: [],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [
		locator('Channel', 'channelId', 'searchChannels'),
		{ displayName: 'Name', name: 'name', type: 'string', default: '' },
	],
	isList: true,
	run: async () => [],
};

function callWith(
	parameters: Record<string, unknown>,
	answer: (request: TenantRequest) => unknown = () => ({ items: [] }),
) {
	const requests: TenantRequest[] = [];
	const context = { getNodeParameter: (name: string) => parameters[name] };
	const tenant = {
		width: 24,
		reply: async (request: TenantRequest) => {
			requests.push(request);
			return { statusCode: 200, headers: {}, body: answer(request) };
		},
		request: async (request: TenantRequest) => (await tenant.reply(request)).body,
	};
	const call = new ItemCall(
		context as unknown as IExecuteFunctions,
		{ ...operation, fields: fieldsOf(operation) },
		0,
		tenant as unknown as Tenant,
		new RunMemory(),
		new RunHints(),
	);
	return { call, requests };
}
const refused = (message: string) =>
	expect.objectContaining({
		failure: expect.objectContaining({
			kind: 'input',
			message: expect.stringContaining(message),
		}),
	});

describe('the IDs that a parameter holds', () => {
	test('whatever comes in: clean IDs come out, or a message with the label of the parameter', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
				try {
					const ids = idsIn(value, 'Channel');
					expect(new Set(ids).size).toBe(ids.length);
					for (const id of ids) {
						expect(typeof id).toBe('string');
						expect(id).toBe(id.trim());
						expect(id).not.toBe('');
						expect(id).not.toContain('[object');
					}
				} catch (error) {
					expect(error).toEqual(refused('"Channel"'));
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	test('text, a list and a locator around them are one and the same', () => {
		const id = fc
			.string({ minLength: 1 })
			.filter((text) => !text.includes(',') && text.trim() !== '');
		fc.assert(
			fc.property(fc.array(id), (given) => {
				const wanted = [...new Set(given.map((text) => text.trim()))];
				for (const value of [given, given.join(','), ` ${given.join(' , ')},`]) {
					expect(idsIn(value, 'Channel')).toEqual(wanted);
					expect(idsIn({ __rl: true, mode: 'id', value }, 'Channel')).toEqual(wanted);
				}
			}),
		);
	});

	test.each([undefined, null, '', ' , ,', [], { __rl: true, mode: 'list', value: '' }])(
		'%j holds none',
		(value) => expect(idsIn(value, 'Channel')).toEqual([]),
	);

	test.each([[{}], [{ id: 'a' }], [[{ id: 'a' }]], [[null]], [[['a']]], [true]])(
		'%j is refused',
		(value) => expect(() => idsIn(value, 'Channel')).toThrow(refused('"Channel"')),
	);

	test('a number is an ID', () => expect(idsIn(17, 'Channel')).toEqual(['17']));
});

describe('one ID', () => {
	test.each([
		['', 'is empty'],
		['a,b', 'more than one'],
	])('%j is refused: %s', (channelId, message) => {
		expect(() => callWith({ channelId }).call.id('channelId')).toThrow(refused(message));
	});

	test('is trimmed', () => {
		expect(callWith({ channelId: ' a ' }).call.id('channelId')).toBe('a');
	});
});

describe('text', () => {
	test.each([
		[undefined, ''],
		[null, ''],
		['  a ', 'a'],
		[0, '0'],
		[false, 'false'],
	])('%j becomes %j', (value, text) => {
		expect(callWith({ name: value }).call.text('name')).toBe(text);
	});

	test.each([[[]], [{}]])('%j is refused', (value) => {
		expect(() => callWith({ name: value }).call.text('name')).toThrow(refused('"Name" contains'));
	});
});

test('a collection gives what is filled in, locators as their IDs', () => {
	const filters = {
		name: ' a ',
		empty: '',
		blank: '  ',
		nothing: null,
		none: { __rl: true, mode: 'list', value: '' },
		groupId: { __rl: true, mode: 'list', value: 'g' },
		type: 0,
		off: false,
	};
	expect(callWith({ filters }).call.collection('filters')).toEqual({
		name: 'a',
		groupId: 'g',
		type: 0,
		off: false,
	});
	expect(callWith({}).call.collection('filters')).toEqual({});
});

describe('a list', () => {
	const records = Array.from({ length: 30 }, (_, id) => ({ id }));
	const serve = ({ query }: TenantRequest) => {
		const { start, limit } = query as { start: number; limit: number };
		return { items: records.slice(start, start + limit), limit, size: records.length };
	};

	test.each([
		[{ returnAll: true, limit: 5 }, 30],
		[{ returnAll: false, limit: 5 }, 5],
		[{ limit: '7' }, 7],
		[{ returnAll: 'True' }, 30],
		[{ returnAll: 'no', limit: '7' }, 7],
		[{ returnAll: 0, limit: 7 }, 7],
		[{ returnAll: null, limit: null }, 30],
		[{ returnAll: '', limit: ' ' }, 30],
	])('%j gives %p records', async (parameters, count) => {
		expect(await callWith(parameters, serve).call.list('things')).toHaveLength(count);
	});

	test('is asked for with the query of the operation and the chosen page size', async () => {
		const { call, requests } = callWith({ returnAll: true, options: { pageSize: 10 } }, serve);
		await call.list('things', { query: { sort: 'Name' } });
		const { isOver, ...first } = requests[0] ?? {};
		expect(first).toEqual({ path: 'things', query: { sort: 'Name', start: 0, limit: 10 } });
		expect((isOver as () => boolean)()).toBe(true);
	});

	test('the first match ends it', async () => {
		const { call, requests } = callWith({ options: { pageSize: 10 } }, serve);
		const found = await call.list('things', { first: true, matches: ({ id }) => id === 15 });
		expect(found).toEqual([{ id: 15 }]);
		expect(requests).toHaveLength(2);
	});

	test('a match behind pages that nothing tells apart is found', async () => {
		const alike = Array.from({ length: 20 }, () => ({ name: 'alike' }));
		const things = [...alike, { name: 'other' }];
		const { call } = callWith({ options: { pageSize: 10 } }, ({ query }) => {
			const start = Number(query?.start);
			return { items: things.slice(start, start + 10), size: things.length };
		});
		const found = await call.list('things', {
			first: true,
			matches: ({ name }) => name === 'other',
		});
		expect(found).toEqual([{ name: 'other' }]);
	});

	test.each([0, -5, 1.5, 'x', [], {}, true, Infinity])('refuses the limit %j', async (limit) => {
		await expect(callWith({ limit }, serve).call.list('things')).rejects.toEqual(
			refused('"Limit"'),
		);
	});

	test.each(['maybe', 2, [], {}])('refuses %j for Return All', async (returnAll) => {
		await expect(callWith({ returnAll }, serve).call.list('things')).rejects.toEqual(
			refused('"Return All" is not true or false'),
		);
	});

	test.each([0, -5, 1.5, 'x'])('refuses the page size %j', async (pageSize) => {
		const { call } = callWith({ returnAll: true, options: { pageSize } }, serve);
		await expect(call.list('things')).rejects.toEqual(refused('"Page Size"'));
	});
});

test.each([undefined, 'text', [], null, 5])('%j is no record', async (body) => {
	const { call } = callWith({}, () => body);
	await expect(call.record({ path: 'x' })).rejects.toBeInstanceOf(RequestFailed);
});
