import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../runtime/operation';
import { channelFilters, passes } from './channelFilters';
import { simplifyChannel } from './channelRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many channels',
	description: 'List the channels of the channel directory',
	effect: 'read',
	endpoints: ['GET channeldirectory'],
	evidence: { grade: 'DOCUMENTED', sources: 'S1, S2, S10' },
	isList: true,
	simplify: simplifyChannel,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: channelFilters,
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const isFiltered = Object.keys(filters).length > 0;
		const matches = (channel: IDataObject) => passes(channel, filters);
		return await call.list('channeldirectory', isFiltered ? { matches } : {});
	},
};
