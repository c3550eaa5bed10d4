import type { Operation } from '../../runtime/operation';

export const getLiveProgramme: Operation = {
	value: 'getLiveProgramme',
	name: 'Get Live Program Guide (EPG)',
	action: 'Get live program guide of all channels',
	description: 'List the entries in the program guide of live channels',
	effect: 'read',
	endpoints: ['GET livechannel/epg'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,

	async run(call) {
		return await call.list('livechannel/epg');
	},
};
