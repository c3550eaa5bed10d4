import fc from 'fast-check';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { declaredValue } from '../../nodes/Appspace/runtime/declaredValue.ts';
import { entryOf } from '../../nodes/Appspace/runtime/listOfLocators.ts';
import { fieldsOf } from '../../nodes/Appspace/runtime/properties.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';
import { SUBJECTS } from '../faults/examples.mts';
import { locator, locators } from '../support/appspaceNode.mts';

interface Named {
	name: string;
	field: INodeProperties;
}

const within = ({ name, field }: Named): Named[] => {
	const inner = field.type === 'collection' ? (field.options as INodeProperties[]) : [];
	return [
		{ name, field },
		...inner.flatMap((one) => within({ name: `${name}.${one.name}`, field: one })),
	];
};
const FIELDS = SUBJECTS.flatMap(({ name, operation }) =>
	fieldsOf(operation).flatMap((field) => within({ name: `${name} ${field.name}`, field })),
);
const groups = ({ options }: INodeProperties) => options as INodePropertyCollection[];

/** n8n itself takes the editor's form alone; agents, and code that makes workflows, give the others. */
describe('entries of a fixed collection', () => {
	const fixed = FIELDS.filter(({ field }) => field.type === 'fixedCollection' && !entryOf(field));
	const entry = ({ values }: INodePropertyCollection, text: string) =>
		Object.fromEntries(values.map(({ name, options }) => [name, firstOf(options) ?? text]));
	const firstOf = (options: INodeProperties['options']) =>
		(options?.[0] as { value?: unknown } | undefined)?.value;

	test('there are such, each with one group', () => {
		expect(fixed.length).toBeGreaterThan(8);
		expect(fixed.filter(({ field }) => groups(field).length !== 1)).toEqual([]);
	});

	test.each(fixed)('$name come in the form of the editor, as a list, one, or JSON', ({ field }) => {
		const [group] = groups(field) as [INodePropertyCollection];
		const [one, two] = [entry(group, 'a'), entry(group, 'b')];
		const both = declaredValue(field, { [group.name]: [one, two] });
		expect(both).toEqual({ [group.name]: [one, two] });
		for (const given of [[one, two], JSON.stringify([one, two])]) {
			expect(declaredValue(field, given)).toEqual(both);
			expect(declaredValue(field, { [group.name]: given })).toEqual(both);
		}
		const single = declaredValue(field, { [group.name]: [one] });
		for (const given of [one, JSON.stringify(one), { [group.name]: one }, [null, one]]) {
			expect(declaredValue(field, given)).toEqual(single);
		}
		expect(declaredValue(field, {})).toEqual({ [group.name]: [] });
	});
});

describe('a list of locators', () => {
	const lists = FIELDS.filter(({ field }) => entryOf(field));

	test('there are such, and no other parameter takes several IDs', () => {
		expect(lists.length).toBeGreaterThan(15);
		const several = FIELDS.filter(({ field }) => {
			return field.type === 'resourceLocator' && field.ignoreValidationDuringExecution;
		});
		expect(several).toEqual([]);
	});

	test.each(lists)('$name gives the IDs of its entries, each once, in order', ({ field }) => {
		const given = locators(
			locator(' a ', 'list'),
			'',
			'b, c,',
			['d', 17],
			locator('', 'list'),
			'a',
		);
		expect(declaredValue(field, given)).toEqual(['a', 'b', 'c', 'd', '17']);
		expect(declaredValue(field, JSON.stringify(given))).toEqual(['a', 'b', 'c', 'd', '17']);
	});

	test.each(lists)('$name without an ID gives nothing', ({ field }) => {
		// The last is what n8n stores for entries that nobody touched.
		for (const given of [
			field.default,
			{},
			locators(),
			locators('', [], ' , '),
			{ list: [{}, {}] },
		]) {
			expect(declaredValue(field, given)).toBeUndefined();
		}
	});

	test.each(lists)('$name refuses what is no ID, by its label', ({ field }) => {
		for (const given of [{ a: 1 }, [['a']], true]) {
			expect(() => declaredValue(field, locators('a', given))).toThrow(
				expect.objectContaining({
					failure: expect.objectContaining({
						message: `The parameter "${field.displayName}" contains something that is not an ID`,
					}),
				}),
			);
		}
	});
});

test.each(FIELDS)('$name: whatever comes in, a value or a sentence with the label', ({ field }) => {
	const labels = [field, ...(field.options ?? []), ...groupsIn(field)].map((one) =>
		'displayName' in one ? one.displayName : one.name,
	);
	const any = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true });
	fc.assert(
		fc.property(any, (given) => {
			try {
				declaredValue(field, given);
			} catch (error) {
				expect(error).toBeInstanceOf(RequestFailed);
				const { failure } = error as RequestFailed;
				const message = failure.kind === 'input' ? failure.message : '';
				expect(labels.some((label) => message.includes(`"${label}"`))).toBe(true);
			}
		}),
		{ numRuns: 20 },
	);
});

function groupsIn(field: INodeProperties): INodeProperties[] {
	if (field.type !== 'fixedCollection') return [];
	return groups(field).flatMap(({ values }) => values);
}
