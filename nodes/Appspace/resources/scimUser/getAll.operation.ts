import { scimFilters } from '../../fields/scimFilters';
import type { Operation } from '../../runtime/operation';
import { listOfAny } from '../../scim/alternatives';
import { partsOf } from '../../scim/filter';
import { addressFilters, hasAddress, simplifyScimUser, USER_ATTRIBUTES } from './scimUserRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many provisioned users',
	description: 'List users over SCIM, all or those that fit; also the way from an e-mail to an ID',
	effect: 'read',
	endpoints: ['GET /identity/scim/Users', 'GET /identity/scim/ServiceProviderConfig'],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	isList: true,
	simplify: simplifyScimUser,
	fields: [
		scimFilters(USER_ATTRIBUTES, {
			displayName: 'E-Mail',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description:
				'Only users with this e-mail address, as user name or otherwise. Other resources of this node know the same user by it.',
		}),
	],

	async run(call) {
		const { email, ...filters } = call.collection('filters');
		const address = String(email ?? '');
		const isAsked = address !== '';
		const byAddress = isAsked ? [addressFilters(address)] : [];
		return await listOfAny(
			call,
			'Users',
			[...partsOf(filters, call.zone()), ...byAddress],
			isAsked ? (user) => hasAddress(user, address) : undefined,
		);
	},
};
