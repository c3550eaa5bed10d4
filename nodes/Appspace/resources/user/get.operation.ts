import { userLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyUser } from './userRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get user',
	description: 'Get one user by ID',
	effect: 'read',
	endpoints: ['GET users/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [userLocator],
	simplify: simplifyUser,

	async run(call) {
		return await call.record({ path: path`users/${call.id('userId')}` });
	},
};
