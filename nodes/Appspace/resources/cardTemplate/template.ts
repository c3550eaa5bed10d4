import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { json } from '../../fields/json';

const JSON_FIELDS = [
	{ name: 'model', label: 'Model', holds: 'The settings of the card' },
	{ name: 'permissions', label: 'Permissions', holds: 'Who may use the template' },
	{ name: 'schema', label: 'Schema', holds: 'What the model may hold' },
	{ name: 'theme', label: 'Theme', holds: 'How the card looks' },
];

/** What a template is written with (appspace-api.md 5.2): a replace has to name all of them. */
export const TEMPLATE_FIELDS = [
	'cardTemplateTypeId',
	'name',
	...JSON_FIELDS.map(({ name }) => name),
];

/** The parts of a template that are JSON. */
export const jsonFields: INodeProperties[] = JSON_FIELDS.map(({ name, label, holds }) => ({
	displayName: label,
	name,
	type: 'json',
	default: '',
	description: `${holds}, as JSON`,
}));

/** The filled-in fields of a collection, with JSON read. */
export function templateIn(given: IDataObject): IDataObject {
	const read = ([name, value]: [string, unknown]) => {
		const label = JSON_FIELDS.find((field) => field.name === name)?.label;
		return [name, label === undefined ? value : json(value, label)];
	};
	return Object.fromEntries(Object.entries(given).map(read)) as IDataObject;
}
