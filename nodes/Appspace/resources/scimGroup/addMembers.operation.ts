import { scimGroupLocator, startingWithOne } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { changeMembers } from './members';
import { membersField } from './scimGroupRecord';

export const addMembers: Operation = {
	value: 'addMembers',
	name: 'Add Members',
	action: 'Add members to provisioned group',
	description: 'Add users to a group. Existing members stay.',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Groups/{id}',
		'PATCH /identity/scim/Groups/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [scimGroupLocator, startingWithOne(membersField)],

	async run(call) {
		return await changeMembers(call, 'add');
	},
};
