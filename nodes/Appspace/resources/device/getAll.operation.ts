import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../runtime/operation';
import { passes, placeFilters } from './deviceFilters';
import { simplifyDevice } from './deviceRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many devices',
	description: 'List the devices of the tenant, a location, or a device group',
	effect: 'read',
	endpoints: ['GET devices'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S4' },
	isList: true,
	simplify: simplifyDevice,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				...placeFilters,
				{
					displayName: 'Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. lobby',
					description: 'Only devices whose name contains this text. Not case-sensitive.',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'string',
					default: '',
					placeholder: 'e.g. Offline',
					description:
						'Only devices with this status. Online and Offline are known; others may exist.',
				},
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const { groupId, locationId, status } = filters;
		const query = { groupId, locationId, status };
		const isFiltered = Object.keys(filters).length > 0;
		const matches = (device: IDataObject) => passes(device, filters);
		return await call.list('devices', isFiltered ? { query, matches } : {});
	},
};
