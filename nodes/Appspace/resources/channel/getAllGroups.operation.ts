import type { Operation } from '../../runtime/operation';

export const getAllGroups: Operation = {
	value: 'getAllGroups',
	name: 'Get Many Groups',
	action: 'Get many channel groups',
	description: 'List the channel groups',
	effect: 'read',
	endpoints: ['GET channeldirectory/groups'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,

	async run(call) {
		return await call.list('channeldirectory/groups');
	},
};
