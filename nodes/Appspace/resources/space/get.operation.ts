import { spaceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifySpace } from './spaceRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get space',
	description: 'Get one room, desk, or other space by its ID',
	effect: 'read',
	endpoints: ['GET reservation/resources/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S7' },
	fields: [spaceLocator],
	simplify: simplifySpace,

	async run(call) {
		return await call.record({ path: path`reservation/resources/${call.id('spaceId')}` });
	},
};
