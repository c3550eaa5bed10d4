import { digestOf } from '../../nodes/AppspaceTrigger/digest.ts';

const ID = 'AAAAAAAA-bbbb-4ccc-8ddd-EEEEEEEEEEEE';

test.each([
	['a time without Z', { at: '2027-01-04T09:00:00.000Z' }, { at: '2027-01-04T09:00:00' }],
	[
		'a time with more digits',
		{ at: '2027-01-04T09:00:00.1234567Z' },
		{ at: '2027-01-04T09:00:00Z' },
	],
	['a time with an offset', { at: '2027-01-04T09:00:00Z' }, { at: '2027-01-04T10:00:00+01:00' }],
	['no time', { at: '0001-01-01T00:00:00' }, {}],
	['no record', { id: '00000000-0000-0000-0000-000000000000' }, { id: null }],
	['an ID in another case', { id: ID }, { id: ID.toLowerCase() }],
	['a number as text', { type: 6, isOn: true }, { type: '6', isOn: 'true' }],
	['empty text, null, and nothing', { a: '', b: null }, {}],
	['an empty list or record', { tags: [], place: {}, home: { id: null } }, {}],
	['another order', { tags: ['a', 'b'], x: 1 }, { x: 1, tags: ['b', 'a'] }],
])('%s is not a change', (_name, one, other) => {
	expect(digestOf(one)).toBe(digestOf(other));
});

test.each([
	['another second', { at: '2027-01-04T09:00:00Z' }, { at: '2027-01-04T09:00:01Z' }],
	['another case', { name: 'lobby' }, { name: 'Lobby' }],
	['a value that goes away', { name: 'Lobby' }, { name: null }],
	['an entry more', { tags: ['a'] }, { tags: ['a', 'a'] }],
	['zero', { count: 0 }, {}],
	['false', { isOn: false }, {}],
	['values that change places', { a: 'x', b: 'y' }, { a: 'y', b: 'x' }],
])('%s is a change', (_name, one, other) => {
	expect(digestOf(one)).not.toBe(digestOf(other));
});
