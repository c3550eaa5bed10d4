import type { Operation } from '../../runtime/operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many user groups',
	description: 'List the user groups of the tenant, sorted by name',
	effect: 'read',
	endpoints: ['GET users/usergroups'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3' },
	isList: true,

	async run(call) {
		return await call.list('users/usergroups', { query: { sort: 'Name' } });
	},
};
