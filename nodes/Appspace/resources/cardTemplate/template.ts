import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { json } from '../../fields/json';

const JSON_FIELDS = [
	{ name: 'model', label: 'Model', holds: 'The settings of the card' },
	{ name: 'permissions', label: 'Permissions', holds: 'Who can use the template' },
	{ name: 'schema', label: 'Schema', holds: 'The schema of the model' },
	{ name: 'theme', label: 'Theme', holds: 'How the card looks' },
];

/** The fields of a template (appspace-api.md 5.2). A replace must include all of them. */
export const TEMPLATE_FIELDS = [
	'cardTemplateTypeId',
	'name',
	...JSON_FIELDS.map(({ name }) => name),
];

/** The template fields that contain JSON. */
export const jsonFields: INodeProperties[] = JSON_FIELDS.map(({ name, label, holds }) => ({
	displayName: label,
	name,
	type: 'json',
	default: '',
	description: `${holds}, as JSON`,
}));

/** The filled-in fields of a collection, with JSON parsed. */
export function templateIn(given: IDataObject): IDataObject {
	const read = ([name, value]: [string, unknown]) => {
		const label = JSON_FIELDS.find((field) => field.name === name)?.label;
		return [name, label === undefined ? value : json(value, label)];
	};
	return Object.fromEntries(Object.entries(given).map(read)) as IDataObject;
}
