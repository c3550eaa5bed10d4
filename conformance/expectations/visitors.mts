import { LONG_AGO, NO_EMAIL, type Expectation, type Fields } from './expectation.mts';

const visitor: Fields = {
	...{ id: 'id', firstName: 'text', lastName: 'text', fullName: 'text', email: 'text' },
	...{ visitorType: 'any', customFields: 'list', visitorRegistrationStatus: 'any' },
	...{ createdAt: 'time', updatedAt: 'time' },
};

const visitorAlso: Fields = { lastVisit: 'object' };

/** Visitors, their visits, and the registration settings (appspace-api.md 5.6). */
export const visitors: readonly Expectation[] = [
	{
		endpoint: 'GET visitormanagement/visitors',
		section: '5.6',
		form: 'listing',
		fields: visitor,
		absentIfEmpty: visitorAlso,
		filters: [{ none: { email: NO_EMAIL }, known: 'open' }],
	},
	{
		endpoint: 'GET visitormanagement/visitors/{id}',
		section: '5.6',
		form: 'record',
		fields: visitor,
		absentIfEmpty: visitorAlso,
	},
	{
		endpoint: 'GET visitormanagement/configurations/me',
		section: '5.6',
		form: 'record',
		fields: {
			...{ isVisitorPhotoRequired: 'flag', isVisitorEmailRequired: 'flag' },
			...{ isHostPrivacyEnabled: 'flag', visitorFields: 'list', visitorPurposes: 'list' },
			...{ visitorTypes: 'list', notification: 'any', retentionPolicies: 'any' },
		},
	},
	{
		endpoint: 'GET visitormanagement/events',
		section: '5.6',
		form: 'listing',
		filters: [{ none: LONG_AGO, known: 'honored' }],
	},
];
