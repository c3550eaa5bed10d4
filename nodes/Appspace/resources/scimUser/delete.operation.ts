import { scimUserLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const deleteUser: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete provisioned user',
	description: 'Delete a user permanently. To only block sign-in, use Deactivate.',
	effect: 'delete',
	endpoints: ['DELETE /identity/scim/Users/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [scimUserLocator],

	async run(call) {
		const id = call.id('scimUserId');
		await call.request({ method: 'DELETE', path: path`Users/${id}`, acceptsText: true });
		return { deleted: true, id };
	},
};
