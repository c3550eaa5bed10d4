import { cardTemplateLocator, locator } from '../../fields/locators';
import { updateFields } from '../../fields/updateFields';
import type { Operation } from '../../runtime/operation';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { checkReplaced, replacement } from './replacement';
import { jsonFields, templateIn } from './template';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update card template',
	description:
		'Change some fields of a card template and keep the others. The node reads the template back to check the result.',
	effect: 'write',
	endpoints: ['GET libraries/cardtemplates/{id}', 'PUT libraries/cardtemplates/{id}'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		cardTemplateLocator,
		updateFields([
			locator('Card Template Type', 'cardTemplateTypeId', 'searchCardTemplateTypes', {
				required: false,
				description: 'The card type of the template',
			}),
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'The name of the template',
			},
			...jsonFields,
		]),
	],

	async run(call) {
		const address = path`libraries/cardtemplates/${call.id('cardTemplateId')}`;
		const changes = templateIn(call.collection('updateFields'));
		if (Object.keys(changes).length === 0) {
			throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		}
		return await call.runExclusive(address, async () => {
			const before = await call.record({ path: address });
			const body = replacement(before, changes);
			await call.request({ method: 'PUT', path: address, body, acceptsText: true });
			const after = await call.record({ path: address });
			checkReplaced(before, body, after);
			return after;
		});
	},
};
