import type { Operation } from '../../runtime/operation';
import { createRecord } from '../../scim/create';
import { newUser, userFieldsCollection, userNameField, userNameIn } from './scimUserFields';
import { simplifyScimUser, userNamedAtAll } from './scimUserRecord';
import { explainTaken } from './takenNames';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create provisioned user',
	description: 'Create a user. If the user name is taken, the message names the user who has it.',
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
		const userName = userNameIn(call);
		const body = newUser(userName, call.collection('additionalFields'));
		const creating = createRecord(call, 'Users', body, () => userNamedAtAll(call, userName));
		return await explainTaken(call, creating, body, { advice: ADVICE });
	},
};

const ADVICE = 'Update that user, choose another name, or use Create or Update.';
