import fc from 'fast-check';
import { withCustomFields } from '../../nodes/Appspace/resources/visitor/customFields.ts';

const named = [{ id: 'b', value: 'new' }];

it.each<[string, unknown[], unknown[]]>([
	[
		'in its place',
		[
			{ id: 'a', value: '1' },
			{ id: 'b', value: '2' },
		],
		[
			{ id: 'a', value: '1' },
			{ id: 'b', value: 'new' },
		],
	],
	['behind the others', [{ id: 'a', value: '1' }], [{ id: 'a', value: '1' }, ...named]],
	['whatever the letter case of the ID', [{ id: 'B', value: '2' }], [{ id: 'B', value: 'new' }]],
	[
		'with what else the field holds',
		[{ id: 'b', value: null, name: 'B' }],
		[{ id: 'b', value: 'new', name: 'B' }],
	],
	[
		'beside lists and objects',
		[{ id: 1, value: ['x'], more: {} }],
		[{ id: 1, value: ['x'], more: {} }, ...named],
	],
	['where there is none', [], named],
])('a value is put %s', (_, present, after) => {
	expect(withCustomFields(present, named)).toEqual(after);
});

it('numbers and text are the same ID, and two values for one field are both kept', () => {
	expect(withCustomFields([{ id: 7, value: '1' }], [{ id: '7', value: '2' }])).toEqual([
		{ id: 7, value: '2' },
	]);
	const both = [
		{ id: 'b', value: '1' },
		{ id: 'b', value: '2' },
	];
	expect(withCustomFields([{ id: 'b', value: '0' }], both)).toEqual(both);
});

it.each([
	[{ b: '1' }],
	['b: 1'],
	[[null]],
	[['b: 1']],
	[[{ value: '1' }]],
	[[{ id: null, value: '1' }]],
	[[{ id: 2 ** 53, value: '1' }]],
	[[{ id: 'a', value: 2 ** 60 }]],
	[
		[
			{ id: 'b', value: '1' },
			{ id: 'B', value: '2' },
		],
	],
])('%j is not written back', (present) => {
	expect(() => withCustomFields(present, named)).toThrow();
});

it('every field that is not named is as it was', () => {
	const id = fc.oneof(fc.constantFrom('a', 'b', 'B'), fc.nat(), fc.uuid());
	const field = fc.record(
		{ id, value: fc.oneof(fc.string(), fc.array(fc.nat()), fc.constant(null)), more: fc.string() },
		{ requiredKeys: ['id'] },
	);
	let written = 0;
	fc.assert(
		fc.property(
			fc.array(field, { maxLength: 4 }),
			fc.constantFrom('a', 'b', 'z'),
			(present, wanted) => {
				let after: unknown[];
				try {
					after = withCustomFields(present, [{ id: wanted, value: 'new' }]);
				} catch {
					// Two values for one field.
					return;
				}
				written++;
				const others = (list: unknown[]) =>
					list.filter((one) => String((one as { id: unknown }).id).toLowerCase() !== wanted);
				expect(others(after)).toEqual(others(present));
				expect(after).toContainEqual(expect.objectContaining({ value: 'new' }));
			},
		),
	);
	expect(written).toBeGreaterThan(50);
});
