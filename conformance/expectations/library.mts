import type { Expectation } from './expectation.mts';

/**
 * Library contents and cards (appspace-api.md 5.2). The fields of a template are those of its create
 * request.
 */
export const library: readonly Expectation[] = [
	{
		endpoint: 'GET libraries/contents/{id}',
		section: '5.2',
		form: 'record',
		fields: { size: 'mixed', contentURL: 'text' },
	},
	{
		endpoint: 'GET libraries/cardtemplatetypes',
		section: '5.2',
		form: 'listing',
		fields: {
			...{ id: 'id', key: 'text', name: 'text', category: 'any', developer: 'text' },
			version: 'any',
		},
	},
	{
		endpoint: 'GET libraries/cardtemplates',
		section: '5.2',
		form: 'listing',
		fields: { id: 'id', name: 'text' },
		optional: {
			...{ cardTemplateTypeId: 'id', model: 'any', schema: 'any', permissions: 'any' },
			theme: 'any',
		},
	},
	{
		endpoint: 'GET libraries/cardtemplates/{id}',
		section: '5.2',
		form: 'record',
		fields: {
			...{ id: 'id', cardTemplateTypeId: 'id', name: 'text', model: 'any', schema: 'any' },
			...{ permissions: 'any', theme: 'any' },
		},
	},
];
