import type { INodeProperties } from 'n8n-workflow';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { isLocator } from './parameterValues';

/**
 * The names in the value of a list of locators, the same for all: `{ list: [{ id: <locator> }] }`. Saved
 * workflows contain them.
 */
export const LIST = 'list';
export const ENTRY = 'id';

/**
 * Throws RequestFailed if an entry has no value at all, which comes from an expression that finds nothing. An
 * empty text is a value.
 *
 * @param label the display name of the list
 */
export function refuseMissing(given: unknown, label: string): void {
	const entries: unknown = isRecord(given) ? given[LIST] : undefined;
	const isMissing = (entry: unknown) => {
		const one: unknown = isRecord(entry) ? entry[ENTRY] : undefined;
		return isLocator(one) && (one.value ?? null) === null;
	};
	if (!Array.isArray(entries) || !entries.some(isMissing)) return;
	throw badInput(
		`An entry under "${label}" has no value`,
		'Nothing was changed. Check the expression of the entry: it finds nothing. Remove the entry if you do not need it.',
	);
}

/** The locator in each entry of a list of locators; undefined for other fields. */
export function entryOf({ type, options = [] }: INodeProperties): INodeProperties | undefined {
	const [group] = options;
	if (type !== 'fixedCollection' || !group || !('values' in group)) return undefined;
	const [entry, ...more] = group.values;
	return entry?.type === 'resourceLocator' && more.length === 0 ? entry : undefined;
}
