import { contentLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { readContent } from './contentRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get content',
	description: 'Get one content item from the library by its ID',
	effect: 'read',
	endpoints: ['GET libraries/contents/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3' },
	fields: [contentLocator],

	async run(call) {
		return await readContent(call);
	},
};
