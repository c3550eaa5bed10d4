import { scimUserLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyScimUser } from './scimUserRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get provisioned user',
	description: 'Get one user by SCIM ID',
	effect: 'read',
	endpoints: ['GET /identity/scim/Users/{id}'],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [scimUserLocator],
	simplify: simplifyScimUser,

	async run(call) {
		return await call.record({ path: path`Users/${call.id('scimUserId')}` });
	},
};
