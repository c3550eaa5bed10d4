import { scimUserLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { setActive } from './activity';
import { simplifyScimUser } from './scimUserRecord';

export const deactivate: Operation = {
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate provisioned user',
	description: 'Stop a user from signing in, without changing anything else',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Users/{id}',
		'PATCH /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [scimUserLocator],
	simplify: simplifyScimUser,

	async run(call) {
		return await setActive(call, false);
	},
};
