import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { jsonFields, templateIn } from './template';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create card template',
	description: 'Create a card template from a card type',
	effect: 'write',
	endpoints: ['POST libraries/cardtemplates'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		locator('Card Template Type', 'cardTemplateTypeId', 'searchCardTemplateTypes', {
			description: 'The card type of the template',
		}),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Lunch menu',
			description: 'The name of the template',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: jsonFields,
		},
	],

	async run(call) {
		const cardTemplateTypeId = call.id('cardTemplateTypeId');
		const name = call.text('name');
		if (name === '') throw badInput('The parameter "Name" is empty', 'Enter a name.');
		return await passThrough(call, {
			method: 'POST',
			path: 'libraries/cardtemplates',
			body: { cardTemplateTypeId, name, ...templateIn(call.collection('additionalFields')) },
		});
	},
};
