import type { Operation } from '../../runtime/operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many card templates',
	description: 'List the card templates of the library',
	effect: 'read',
	endpoints: ['GET libraries/cardtemplates'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	isList: true,

	async run(call) {
		return await call.list('libraries/cardtemplates');
	},
};
