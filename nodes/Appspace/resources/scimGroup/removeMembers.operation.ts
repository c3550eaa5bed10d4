import { scimGroupLocator, startingWithOne } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { changeMembers } from './members';
import { membersField } from './scimGroupRecord';

export const removeMembers: Operation = {
	value: 'removeMembers',
	name: 'Remove Members',
	action: 'Remove members from provisioned group',
	description: 'Remove users from a group. All other members stay.',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Groups/{id}',
		'PATCH /identity/scim/Groups/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [scimGroupLocator, startingWithOne(membersField)],

	async run(call) {
		return await changeMembers(call, 'remove');
	},
};
