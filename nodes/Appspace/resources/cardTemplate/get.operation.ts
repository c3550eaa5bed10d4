import { cardTemplateLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get card template',
	description: 'Get one card template by its ID, with its model and schema',
	effect: 'read',
	endpoints: ['GET libraries/cardtemplates/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	fields: [cardTemplateLocator],

	async run(call) {
		return await call.record({ path: path`libraries/cardtemplates/${call.id('cardTemplateId')}` });
	},
};
