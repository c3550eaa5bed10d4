import type { Operation } from '../../runtime/operation';
import { userFilters, userListPath } from './userFilters';
import { passes, simplifyUser } from './userRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'List the users of the tenant or of one user group',
	effect: 'read',
	endpoints: ['GET users', 'GET users/usergroups/{id}/members'],
	evidence: { grade: 'DOCUMENTED', sources: 'S1, S2' },
	isList: true,
	simplify: simplifyUser,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Name or Email Contains',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. nathan@example.com',
					description: 'Only users whose name or email address contains this text',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'string',
					default: '',
					placeholder: 'e.g. Active',
					description: 'Only users with this status, exactly as your tenant names it',
				},
				...userFilters,
			],
		},
	],

	async run(call) {
		const { userGroupId, ...filters } = call.collection('filters');
		const isFiltered = Object.keys(filters).length > 0;
		const { userType } = filters;
		return await call.list(userListPath(userGroupId), {
			query: userType === undefined ? {} : { userType },
			matches: isFiltered ? (user) => passes(user, filters) : undefined,
		});
	},
};
