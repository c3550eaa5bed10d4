import { userGroupLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyUser } from '../user/userRecord';

export const getMembers: Operation = {
	value: 'getMembers',
	name: 'Get Members',
	action: 'Get members of user group',
	description: 'List the users in a user group',
	effect: 'read',
	endpoints: ['GET users/usergroups/{id}/members'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [userGroupLocator],
	isList: true,
	simplify: simplifyUser,

	async run(call) {
		return await call.list(path`users/usergroups/${call.id('userGroupId')}/members`);
	},
};
