import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { textOfEntry } from '../../runtime/parameterValues';
import { badInput } from '../../transport/failure';

/** Pairs of key and value. */
export const namedField: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add property',
	default: {},
	required: true,
	description: 'The properties to set. All other properties stay as they are.',
	options: [
		{
			displayName: 'Property',
			name: 'property',
			values: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. volume',
					description: 'The name of the property. Not case-sensitive.',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 60',
					description: 'The value to set, as text. Without one, the property becomes empty.',
				},
			],
		},
	],
};

/** The properties that an item names. Throws RequestFailed for a missing or repeated key, or a missing value. */
export function namedIn(call: Call): Array<{ key: string; value: string }> {
	const { property = [] } = call.collection('properties');
	const entries = (property as IDataObject[]).map(({ key = '', value }) => {
		return { key: String(key).trim(), value };
	});
	const keys = entries.map(({ key }) => key.toLowerCase());
	if (entries.length === 0 || keys.includes('')) {
		throw badInput(
			entries.length === 0 ? 'There is no property to set' : 'A property has no key',
			'Add each property with key and value under "Properties".',
		);
	}
	const named = entries.map(({ key, value }) => {
		return { key, value: textOfEntry(value, key, namedField.displayName) };
	});
	const seen = new Set<string>();
	const repeated = keys.find((key) => seen.size === seen.add(key).size);
	if (repeated === undefined) return named;
	throw badInput(`The property "${repeated}" appears twice`, 'Add each property only once.');
}
