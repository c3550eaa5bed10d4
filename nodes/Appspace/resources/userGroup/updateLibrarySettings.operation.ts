import { userGroupLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { libraryFields, settingsIn } from './librarySettings';

export const updateLibrarySettings: Operation = {
	value: 'updateLibrarySettings',
	name: 'Update Library Settings',
	action: 'Update library settings of user group',
	description: 'Change whether a user group has a library, and when its content expires',
	effect: 'write',
	endpoints: ['PATCH users/usergroups/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S3', reply: 'unknown' },
	fields: [userGroupLocator, libraryFields],

	async run(call) {
		const groupPath = path`users/usergroups/${call.id('userGroupId')}`;
		const body = settingsIn(call.collection('updateFields'));
		return await call.runExclusive(groupPath, async () => {
			return await passThrough(call, { method: 'PATCH', path: groupPath, body });
		});
	},
};
