import { scimFilters } from '../../fields/scimFilters';
import type { Operation } from '../../runtime/operation';
import { allOf, isExactly } from '../../scim/filter';
import { listOf, parts } from '../../scim/listing';
import { GROUP_ATTRIBUTES, simplifyScimGroup } from './scimGroupRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many provisioned groups',
	description: 'List groups over SCIM, all or those that fit',
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
		const byName = displayName === undefined ? '' : isExactly('displayName', String(displayName));
		const filter = allOf([...parts(filters, call.zone()), byName]);
		return await listOf(call, 'Groups', { filter });
	},
};
