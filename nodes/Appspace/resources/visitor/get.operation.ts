import { visitorLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyVisitor } from './visitorRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get visitor',
	description: 'Get one visitor by ID',
	effect: 'read',
	endpoints: ['GET visitormanagement/visitors/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [visitorLocator],
	simplify: simplifyVisitor,

	async run(call) {
		return await call.record({
			path: path`visitormanagement/visitors/${call.id('visitorId')}`,
		});
	},
};
