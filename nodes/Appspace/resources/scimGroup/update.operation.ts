import { scimGroupLocator } from '../../fields/locators';
import { updateFields } from '../../fields/updateFields';
import type { Operation } from '../../runtime/operation';
import { change } from '../../scim/change';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { externalIdField, groupNameField, simplifyScimGroup } from './scimGroupRecord';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update provisioned group',
	description: 'Change the name or external ID of a group. Its members stay.',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Groups/{id}',
		'PATCH /identity/scim/Groups/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [
		scimGroupLocator,
		updateFields([externalIdField, { ...groupNameField, required: false }]),
	],
	simplify: simplifyScimGroup,

	async run(call) {
		const groupPath = path`Groups/${call.id('scimGroupId')}`;
		const wanted = call.collection('updateFields');
		if (Object.keys(wanted).length === 0) {
			throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		}
		return await call.runExclusive(groupPath, async () => {
			return (await change(call, groupPath, wanted)).record;
		});
	},
};
