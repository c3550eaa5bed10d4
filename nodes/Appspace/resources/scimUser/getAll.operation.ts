import type { IDataObject } from 'n8n-workflow';
import { scimFilters } from '../../fields/scimFilters';
import type { Operation } from '../../runtime/operation';
import { listOfAny } from '../../scim/alternatives';
import { partsOf } from '../../scim/parts';
import { addressFilters, hasAddress, simplifyScimUser, USER_ATTRIBUTES } from './scimUserRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many provisioned users',
	description:
		'List the users that SCIM shows, all or those that match the filters. Use it to find the SCIM ID for an email address.',
	effect: 'read',
	endpoints: ['GET /identity/scim/Users', 'GET /identity/scim/ServiceProviderConfig'],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	isList: true,
	simplify: simplifyScimUser,
	fields: [
		scimFilters(USER_ATTRIBUTES, {
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description:
				'Only users with this email address, as the user name or among their email addresses. Other resources of this node show the same address.',
		}),
	],

	async run(call) {
		const { email, ...filters } = call.collection('filters');
		const address = String(email ?? '');
		const lookup = {
			...{ alternatives: addressFilters(address), isEnough: true },
			matches: (user: IDataObject) => hasAddress(user, address),
		};
		const parts = [...partsOf(filters, call.zone()), ...(address === '' ? [] : [lookup])];
		return await listOfAny(call, 'Users', parts);
	},
};
