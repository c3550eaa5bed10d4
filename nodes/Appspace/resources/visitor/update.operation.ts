import { visitorLocator } from '../../fields/locators';
import {
	customFieldsField,
	customFieldsIn,
	visitorEmailField,
	visitorNameFields,
	visitorTypeField,
} from '../../fields/visitors';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { allCustomFields } from './customFields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update visitor',
	description: 'Change a visitor; what is not named is kept',
	effect: 'write',
	endpoints: ['PATCH visitormanagement/visitors/{id}', 'GET visitormanagement/visitors/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S2', reply: 'unknown' },
	fields: [
		visitorLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [customFieldsField, visitorEmailField, ...visitorNameFields, visitorTypeField],
		},
	],

	async run(call) {
		const visitorPath = path`visitormanagement/visitors/${call.id('visitorId')}`;
		const { customFields: given, ...body } = call.collection('updateFields');
		const named = customFieldsIn(given);
		if (Object.keys(body).length + named.length === 0) {
			throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		}
		return await call.runExclusive(visitorPath, async () => {
			if (named.length > 0) {
				const visitor = await call.record({ path: visitorPath });
				body.customFields = await allCustomFields(call, visitor, named);
			}
			return await passThrough(call, { method: 'PATCH', path: visitorPath, body });
		});
	},
};
