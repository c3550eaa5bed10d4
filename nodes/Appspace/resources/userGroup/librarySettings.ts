import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { badInput } from '../../transport/failure';

/** The settings that were seen to be changed (appspace-api.md 5.3). */
export const libraryFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'The three settings of expiry were only ever seen changed together',
	options: [
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
			description: 'After how many whole days content expires',
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
			description: 'Which content expires, in the words of Appspace',
		},
		{
			displayName: 'Library Enabled',
			name: 'isLibraryEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether the group has a library',
		},
	],
};

/** What is sent to change the given settings. */
export function settingsIn(given: IDataObject): IDataObject {
	const { isLibraryEnabled, ...libraryConfiguration } = given;
	if (Object.keys(given).length === 0) {
		throw badInput('There is nothing to update', 'Fill in a field under "Update Fields".');
	}
	return {
		...(isLibraryEnabled !== undefined && { isLibraryEnabled }),
		...(Object.keys(libraryConfiguration).length > 0 && { libraryConfiguration }),
	};
}
