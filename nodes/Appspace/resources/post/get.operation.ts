import { postLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyPost } from './postRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get post',
	description: 'Get one post, story, or page by its ID',
	effect: 'read',
	endpoints: ['GET contentfeed/posts/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S8' },
	fields: [
		postLocator,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Acknowledgment',
					name: 'includeAcknowledgment',
					type: 'boolean',
					default: false,
					description: 'Whether to include the acknowledgment of the service user',
				},
			],
		},
	],
	simplify: simplifyPost,

	async run(call) {
		const { includeAcknowledgment } = call.collection('options');
		return await call.record({
			path: path`contentfeed/posts/${call.id('postId')}`,
			query: includeAcknowledgment === true ? { IncludeCurrentUserAcknowledgment: true } : {},
		});
	},
};
