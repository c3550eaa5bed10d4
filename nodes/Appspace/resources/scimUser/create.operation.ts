import type { Operation } from '../../runtime/operation';
import { newUser, userFieldsCollection, userNameField, userNameIn } from './scimUserFields';
import { orHolder, simplifyScimUser } from './scimUserRecord';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create provisioned user',
	description: 'Create a user; where the user name is taken, the user who has it is named',
	effect: 'write',
	endpoints: [
		'POST /identity/scim/Users',
		'GET /identity/scim/Users',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [userNameField, userFieldsCollection('Additional Fields', 'additionalFields')],
	simplify: simplifyScimUser,

	async run(call) {
		const body = newUser(userNameIn(call), call.collection('additionalFields'));
		return await orHolder(call, call.record({ method: 'POST', path: 'Users', body }), body);
	},
};
