import type { Operation } from '../../runtime/operation';

export const getTypes: Operation = {
	value: 'getTypes',
	name: 'Get Types',
	action: 'Get types of card templates',
	description: 'List the card types for templates. Upload new ones in the Appspace console.',
	effect: 'read',
	endpoints: ['GET libraries/cardtemplatetypes'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,

	async run(call) {
		return await call.list('libraries/cardtemplatetypes');
	},
};
