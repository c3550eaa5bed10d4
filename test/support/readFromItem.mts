import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { entryOf } from '../../nodes/Appspace/runtime/listOfLocators.ts';

/** n8n does not accept an expression for these as a whole. */
const COLLECTIONS = ['additionalFields', 'filters', 'options', 'updateFields'];
/** Nor for lists of locators. */
const LISTS = new Set(
	resources
		.flatMap(({ operations }) => operations.flatMap(({ fields = [] }) => fields))
		.flatMap((field) => [field, ...((field.options ?? []) as INodeProperties[])])
		.flatMap((field) => (entryOf(field) ? [field.name] : [])),
);
/** How many entries of a list are read. */
const ENTRIES = 2;

/**
 * Parameters that are read from the current item, including whole objects and lists.
 * @param item the values by parameter; only the names matter
 */
export function readFromItem(item: object): Record<string, unknown> {
	const read = (...names: string[]): unknown => {
		if (!LISTS.has(names.at(-1) ?? '')) return expressionFor(names);
		const entries = Array.from({ length: ENTRIES }, (_, index) => {
			return { id: expressionFor([...names, 'list', String(index), 'id']) };
		});
		return { list: entries };
	};
	return Object.fromEntries(
		Object.entries(item).map(([name, value]: [string, unknown]) => {
			if (!COLLECTIONS.includes(name) || typeof value !== 'object') return [name, read(name)];
			const fields = Object.keys(value ?? {}).map((inner) => [inner, read(name, inner)]);
			return [name, Object.fromEntries(fields)];
		}),
	);
}

function expressionFor(names: string[]): string {
	return `={{ $json${names.map((name) => `?.[${JSON.stringify(name)}]`).join('')} }}`;
}
