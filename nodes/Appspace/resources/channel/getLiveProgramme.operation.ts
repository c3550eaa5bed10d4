import type { Operation } from '../../runtime/operation';

export const getLiveProgramme: Operation = {
	value: 'getLiveProgramme',
	name: 'Get Live Programme (EPG)',
	action: 'Get live programme of all channels',
	description: 'List the entries of the programme guide of live channels',
	effect: 'read',
	endpoints: ['GET livechannel/epg'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,

	async run(call) {
		return await call.list('livechannel/epg');
	},
};
