import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { updateFields } from '../../fields/updateFields';
import { badInput } from '../../transport/failure';

/** The settings that clients have been seen to change (appspace-api.md 5.3). */
export const libraryFields: INodeProperties = updateFields(
	[
		{
			displayName: 'Content Expires',
			name: 'isContentExpiryEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether content in the library expires',
		},
		{
			displayName: 'Content Expiry (Days)',
			name: 'contentExpiryDuration',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 30,
			description: 'The number of days after which content expires',
		},
		{
			displayName: 'Content That Expires',
			name: 'contentExpiryType',
			type: 'options',
			options: [
				{ name: 'Any', value: 'Any' },
				{ name: 'Unallocated', value: 'Unallocated' },
				{ name: 'Undefined', value: 'Undefined' },
			],
			default: 'Unallocated',
			description: 'The content that expires, in the terms that Appspace uses',
		},
		{
			displayName: 'Library Enabled',
			name: 'isLibraryEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the group has a library',
		},
	],
	'Known clients change the three expiry settings only together.',
);

/** The request body that changes the given settings. Throws RequestFailed if there are none. */
export function settingsIn(given: IDataObject): IDataObject {
	const { isLibraryEnabled, ...libraryConfiguration } = given;
	if (Object.keys(given).length === 0) {
		throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
	}
	return {
		...(isLibraryEnabled !== undefined && { isLibraryEnabled }),
		...(Object.keys(libraryConfiguration).length > 0 && { libraryConfiguration }),
	};
}
