import type { INodeProperties } from 'n8n-workflow';

/** Optional fields that have to come before a required one, because it depends on them. */
const LEADING = [
	// Either of them names the owner of the properties.
	...['deviceId', 'locationId'],
	// Narrows down the list of endpoints.
	'service',
];

/**
 * The required fields that come after an optional one. A choice always has a value, so it may come first; and
 * a field that a choice shows comes after it.
 */
export function requiredTooLate(fields: INodeProperties[]): string[] {
	const own = fields.filter(({ type, displayOptions }) => {
		return type !== 'notice' && type !== 'options' && !displayOptions;
	});
	const optional = own.findIndex(({ name, required }) => !required && !LEADING.includes(name));
	const late = optional < 0 ? [] : own.slice(optional).filter(({ required }) => required);
	return late.map(({ name }) => name);
}
