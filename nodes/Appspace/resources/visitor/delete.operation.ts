import { visitorLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const deleteVisitor: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a visitor',
	description: 'Delete visitor',
	effect: 'delete',
	endpoints: ['DELETE visitormanagement/visitors/{id}'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2' },
	fields: [visitorLocator],

	async run(call) {
		const id = call.id('visitorId');
		await call.request({
			method: 'DELETE',
			path: path`visitormanagement/visitors/${id}`,
			acceptsText: true,
		});
		return { id, deleted: true };
	},
};
