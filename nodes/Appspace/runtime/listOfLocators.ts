import type { INodeProperties } from 'n8n-workflow';

/**
 * The names in the value of a list of locators, the same for all: `{ list: [{ id: <locator> }] }`. Saved
 * workflows contain them.
 */
export const LIST = 'list';
export const ENTRY = 'id';

/** The locator in each entry of a list of locators; undefined for other fields. */
export function entryOf({ type, options = [] }: INodeProperties): INodeProperties | undefined {
	const [group] = options;
	if (type !== 'fixedCollection' || !group || !('values' in group)) return undefined;
	const [entry, ...more] = group.values;
	return entry?.type === 'resourceLocator' && more.length === 0 ? entry : undefined;
}
