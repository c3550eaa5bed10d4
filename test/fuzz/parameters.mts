import fc from 'fast-check';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { anyText, anyValue } from './answers.mts';
import type { Words } from './words.mts';

/** The parameters of one item, as n8n returns them. */
export type Parameters = Record<string, unknown>;

type Maker = (field: INodeProperties, words: Words) => fc.Arbitrary<unknown>;

/** Values that the editor accepts. */
export function fittingParameters(fields: INodeProperties[], words: Words) {
	return everyField(fields, words, fitting);
}

/** The same, mixed with other values: expressions can return anything. */
export function anyParameters(fields: INodeProperties[], words: Words) {
	return everyField(fields, words, anyFor);
}

const anyFor: Maker = (field, words) =>
	fc.oneof(
		{ weight: 6, arbitrary: fitting(field, words, anyFor) },
		{ weight: 1, arbitrary: anyValue(words) },
		{ weight: 1, arbitrary: fc.constantFrom(undefined, null, '', field.default) },
	);

function everyField(
	fields: INodeProperties[],
	words: Words,
	make: Maker,
): fc.Arbitrary<Parameters> {
	return fc.record(Object.fromEntries(fields.map((field) => [field.name, make(field, words)])));
}

/** @param inner makes the values inside collections */
function fitting(
	field: INodeProperties,
	words: Words,
	inner: Maker = fitting,
): fc.Arbitrary<unknown> {
	const options = field.options ?? [];
	switch (field.type) {
		case 'boolean':
			return fc.boolean();
		case 'number':
			return fc.oneof(fc.nat(50), fc.integer(), fc.double(), fc.nat(50).map(String));
		case 'dateTime':
			return fc.oneof(
				fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
				fc.constantFrom('2025-03-30T02:30:00', '2025-03-01', 'tomorrow'),
				anyText(words),
			);
		case 'json':
			return fc.json({ maxDepth: 3 });
		case 'options':
			return oneOf(options as INodePropertyOptions[], words);
		case 'multiOptions':
			return fc.array(oneOf(options as INodePropertyOptions[], words), { maxLength: 3 });
		case 'resourceLocator':
			return fc.record({
				__rl: fc.constant(true),
				mode: fc.constantFrom('list', 'id'),
				value: severalTexts(words),
			});
		case 'resourceMapper': {
			const value = fc.dictionary(anyText(words), anyText(words), { maxKeys: 4 });
			const mapped = fc.record({ mappingMode: fc.constant('defineBelow'), value });
			return fc.oneof(
				mapped,
				value.map((plain) => JSON.stringify(plain)),
			);
		}
		case 'collection':
			return fc.record(
				Object.fromEntries(
					(options as INodeProperties[]).map((option) => [option.name, inner(option, words)]),
				),
				{ requiredKeys: [] },
			);
		case 'fixedCollection':
			return fc.record(
				Object.fromEntries(
					(options as Array<{ name: string; values: INodeProperties[] }>).map((group) => {
						const one = everyField(group.values, words, inner);
						return [group.name, fc.array(one, { maxLength: 3 })];
					}),
				),
				{ requiredKeys: [] },
			);
		default:
			return severalTexts(words);
	}
}

function oneOf(options: INodePropertyOptions[], words: Words): fc.Arbitrary<unknown> {
	const values = options.map(({ value }) => value);
	return values.length > 0 ? fc.constantFrom(...values) : anyText(words);
}

/** One text, or several, as in lists of IDs. */
function severalTexts(words: Words): fc.Arbitrary<unknown> {
	const several = fc.array(anyText(words), { maxLength: 4 });
	return fc.oneof(
		{ weight: 4, arbitrary: anyText(words) },
		{ weight: 1, arbitrary: several },
		{ weight: 1, arbitrary: several.map((texts) => texts.join(',')) },
	);
}
