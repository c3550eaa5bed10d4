import type { IDataObject } from 'n8n-workflow';
import { scimFilters } from '../../fields/scimFilters';
import type { Operation } from '../../runtime/operation';
import { listOfAny } from '../../scim/alternatives';
import { isExactly } from '../../scim/filter';
import { partsOf } from '../../scim/parts';
import { GROUP_ATTRIBUTES, isNamed, simplifyScimGroup } from './scimGroupRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many provisioned groups',
	description: 'List the groups that SCIM shows, all or those that match the filters',
	effect: 'read',
	endpoints: ['GET /identity/scim/Groups', 'GET /identity/scim/ServiceProviderConfig'],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	isList: true,
	fields: [
		scimFilters(GROUP_ATTRIBUTES, {
			displayName: 'Name',
			name: 'displayName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Facilities',
			description: 'Only groups with exactly this name',
		}),
	],
	simplify: simplifyScimGroup,

	async run(call) {
		const { displayName, ...filters } = call.collection('filters');
		const name = String(displayName);
		const lookup = {
			...{ alternatives: [isExactly('displayName', name)], isEnough: true },
			matches: (group: IDataObject) => isNamed(group, name),
		};
		const parts = [
			...partsOf(filters, call.zone()),
			...(displayName === undefined ? [] : [lookup]),
		];
		return await listOfAny(call, 'Groups', parts);
	},
};
