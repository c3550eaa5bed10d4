import type { INodeProperties } from 'n8n-workflow';

/**
 * The fields of a record that an update can change.
 *
 * @param more a further sentence for the description
 */
export function updateFields(options: INodeProperties[], more = ''): INodeProperties {
	return {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: [KEPT, more].filter(Boolean).join(' '),
		options,
	};
}

/** Says what becomes of a field of an existing record that is added to the form and left empty. */
export const KEPT = 'The values to write. Empty fields stay as they are.';
