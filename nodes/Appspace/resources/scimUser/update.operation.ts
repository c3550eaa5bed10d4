import { scimUserLocator } from '../../fields/locators';
import { updateFields } from '../../fields/updateFields';
import type { Operation } from '../../runtime/operation';
import { change } from '../../scim/change';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { attributesIn, userFields, userNameField } from './scimUserFields';
import { simplifyScimUser } from './scimUserRecord';
import { explainTaken } from './takenNames';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update provisioned user',
	description: 'Change some attributes of a user and keep the others',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Users/{id}',
		'PATCH /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [
		scimUserLocator,
		updateFields([
			...userFields.slice(0, -2),
			{ ...userNameField, required: false },
			...userFields.slice(-2),
		]),
	],
	simplify: simplifyScimUser,

	async run(call) {
		const userPath = path`Users/${call.id('scimUserId')}`;
		const given = call.collection('updateFields');
		const isEmpty = Object.keys(attributesIn(given)).length === 0;
		if (isEmpty) throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		return await call.runExclusive(userPath, async () => {
			const user = await call.record({ path: userPath });
			const wanted = attributesIn(given, user);
			const changing = change(call, userPath, wanted, user);
			const { record } = await explainTaken(call, changing, wanted, { self: user });
			return record;
		});
	},
};
