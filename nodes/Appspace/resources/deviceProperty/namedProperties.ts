import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { badInput } from '../../transport/failure';

/** Names and values, as many as wanted. */
export const namedField: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add property',
	default: {},
	required: true,
	description: 'The properties to set. Properties that are not named here stay as they are.',
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
					description: 'The name of the property. Upper and lower case count as the same.',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 60',
					description: 'What the property is set to, as text',
				},
			],
		},
	],
};

/** The properties that an item names, each once and none without a key. */
export function namedIn(call: Call): Array<{ key: string; value: string }> {
	const { property = [] } = call.collection('properties');
	const named = (property as IDataObject[]).map(({ key = '', value = '' }) => {
		return { key: String(key).trim(), value: String(value) };
	});
	const keys = named.map(({ key }) => key.toLowerCase());
	if (named.length === 0 || keys.includes('')) {
		throw badInput(
			named.length === 0 ? 'No property is named to set' : 'A property has no key',
			'Add the properties, with key and value, under "Properties".',
		);
	}
	const seen = new Set<string>();
	const twice = keys.find((key) => seen.size === seen.add(key).size);
	if (twice === undefined) return named;
	throw badInput(`The property "${twice}" is named twice`, 'Name each property once.');
}
