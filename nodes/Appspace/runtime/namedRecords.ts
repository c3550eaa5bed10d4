import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { declaredValue } from './declaredValue';
import type { About } from './errorMessage';
import { entryOf } from './listOfLocators';
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
	const locators = fields.filter(isLocatorField);
	const required = locators.filter((field) => field.required);
	// If none is required, the user chose one of several ways to name the record.
	const named = required.length > 0 ? required : locators.filter((field) => !field.displayOptions);
	const filters = (value('filters') || {}) as IDataObject;
	const inFilters = (fields.find(({ name }) => name === 'filters')?.options ?? []).filter(
		(option) => 'type' in option && isLocatorField(option),
	) as INodeProperties[];
	return [
		...named.map((field) => ({ field, given: value(field.name) })),
		...inFilters.map((field) => ({ field, given: filters[field.name] })),
	].flatMap(({ field, given }) =>
		idsToName(field, given).map((id) => ({ label: field.displayName, id })),
	);
}

function isLocatorField(field: INodeProperties): boolean {
	return field.type === 'resourceLocator' || entryOf(field) !== undefined;
}

/** A parameter without an ID names no record; the failure may be about exactly that. */
function idsToName(field: INodeProperties, given: unknown): string[] {
	try {
		return idsIn(declaredValue(field, given), field.displayName);
	} catch {
		return [];
	}
}
