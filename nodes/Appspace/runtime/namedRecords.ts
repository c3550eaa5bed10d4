import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { About } from './errorMessage';
import { idsIn } from './parameterValues';

/**
 * The records that the parameters of an item name, with the labels of these parameters.
 *
 * @param value the raw value of a parameter
 */
export function namedRecords(
	fields: INodeProperties[],
	value: (name: string) => unknown,
): About['records'] {
	const locators = fields.filter(({ type }) => type === 'resourceLocator');
	const required = locators.filter((field) => field.required);
	// If none is required, the user chose one of several ways to name the record.
	const named = required.length > 0 ? required : locators.filter((field) => !field.displayOptions);
	const filters = (value('filters') || {}) as IDataObject;
	const inFilters = (fields.find(({ name }) => name === 'filters')?.options ?? []).filter(
		(option) => 'type' in option && option.type === 'resourceLocator',
	) as INodeProperties[];
	return [
		...named.map(({ displayName, name }) => ({ displayName, given: value(name) })),
		...inFilters.map(({ displayName, name }) => ({ displayName, given: filters[name] })),
	].flatMap(({ displayName, given }) => idsToName(given).map((id) => ({ label: displayName, id })));
}

/** A parameter without an ID names no record; the failure may be about exactly that. */
function idsToName(given: unknown): string[] {
	try {
		return idsIn(given, '');
	} catch {
		return [];
	}
}
