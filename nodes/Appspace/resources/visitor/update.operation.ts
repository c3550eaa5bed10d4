import { visitorLocator } from '../../fields/locators';
import {
	customFieldsField,
	customFieldsIn,
	visitorEmailField,
	visitorNameFields,
	visitorPath,
	visitorTypeField,
} from '../../fields/visitors';
import { updateFields } from '../../fields/updateFields';
import type { Operation } from '../../runtime/operation';
import { badInput } from '../../transport/failure';
import { allCustomFields } from './customFields';
import { checkUpdated } from './checkUpdated';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update visitor',
	description:
		'Change some fields of a visitor and keep the others. The node reads the visitor back to check the result.',
	effect: 'write',
	endpoints: ['PATCH visitormanagement/visitors/{id}', 'GET visitormanagement/visitors/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S2', reply: 'unknown' },
	fields: [
		visitorLocator,
		updateFields([customFieldsField, visitorEmailField, ...visitorNameFields, visitorTypeField]),
	],

	async run(call) {
		const address = visitorPath(call.id('visitorId'));
		const { customFields: given, ...body } = call.collection('updateFields');
		const named = customFieldsIn(given);
		if (Object.keys(body).length + named.length === 0) {
			throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		}
		return await call.runExclusive(address, async () => {
			if (named.length > 0) {
				const visitor = await call.record({ path: address });
				body.customFields = await allCustomFields(call, visitor, named);
			}
			await call.request({ method: 'PATCH', path: address, body, acceptsText: true });
			const after = await call.record({ path: address });
			checkUpdated(body, after);
			return after;
		});
	},
};
