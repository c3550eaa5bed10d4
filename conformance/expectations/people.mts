import { NO_EMAIL, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const user: Fields = {
	...{ id: 'id', cloudGuid: 'id', email: 'text', userName: 'text', firstName: 'text' },
	...{ lastName: 'text', name: 'text', status: 'any', userType: 'text' },
	...{ memberships: 'list', roles: 'list' },
};

const userAlso: Fields = { department: 'text', jobTitle: 'text', homeLocation: 'object' };

/** Users and their groups (appspace-api.md 5.3). */
export const people: readonly Expectation[] = [
	{
		endpoint: 'GET users',
		section: '5.3',
		form: 'listing',
		fields: user,
		absentIfEmpty: userAlso,
		filters: [
			{ none: { userType: NO_WORD }, known: 'honored' },
			{ none: { email: NO_EMAIL }, known: 'ignored' },
			{ none: { status: NO_WORD }, known: 'open' },
			{ none: { search: NO_WORD }, known: 'open' },
		],
	},
	...['GET users/me', 'GET users/{id}'].map((endpoint): Expectation => {
		return { endpoint, section: '5.3', form: 'record', fields: user, absentIfEmpty: userAlso };
	}),
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
		absentIfEmpty: userAlso,
		filters: [{ none: { userType: NO_WORD }, known: 'open' }],
	},
];
