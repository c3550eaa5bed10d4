import { scimGroupLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const deleteGroup: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete provisioned group',
	description: 'Delete a group permanently. Its members remain as users.',
	effect: 'delete',
	endpoints: ['DELETE /identity/scim/Groups/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [scimGroupLocator],

	async run(call) {
		const id = call.id('scimGroupId');
		await call.request({ method: 'DELETE', path: path`Groups/${id}`, acceptsText: true });
		return { deleted: true, id };
	},
};
