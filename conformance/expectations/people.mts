import { NO_EMAIL, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const user: Fields = {
	...{ id: 'id', cloudGuid: 'id', email: 'text', userName: 'text', firstName: 'text' },
	...{ lastName: 'text', name: 'text', status: 'any', userType: 'text', department: 'text' },
	...{ jobTitle: 'text', homeLocation: 'object', memberships: 'list', roles: 'list' },
};

/** Users and their groups (appspace-api.md 5.3). */
export const people: readonly Expectation[] = [
	{
		endpoint: 'GET users',
		section: '5.3',
		form: 'listing',
		fields: user,
		filters: [
			{ none: { userType: NO_WORD }, known: 'honoured' },
			{ none: { email: NO_EMAIL }, known: 'ignored' },
			{ none: { status: NO_WORD }, known: 'open' },
			{ none: { search: NO_WORD }, known: 'open' },
		],
	},
	{ endpoint: 'GET users/me', section: '5.3', form: 'record', fields: user },
	{ endpoint: 'GET users/{id}', section: '5.3', form: 'record', fields: user },
	{
		endpoint: 'GET users/usergroups',
		section: '5.3',
		form: 'listing',
		fields: {
			...{ id: 'id', name: 'text', networkId: 'id', networkName: 'text' },
			...{ userGroupType: 'any', roles: 'list', isLibraryEnabled: 'flag' },
		},
	},
	{
		endpoint: 'GET users/usergroups/{id}/members',
		section: '5.3',
		form: 'listing',
		fields: user,
		filters: [{ none: { userType: NO_WORD }, known: 'open' }],
	},
];
