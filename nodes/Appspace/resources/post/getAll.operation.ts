import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../runtime/operation';
import { filtersIn, passes, postFilters } from './postFilters';
import { simplifyPost } from './postRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many posts',
	description: 'List the posts, stories, and pages that the service user can see',
	effect: 'read',
	endpoints: ['GET contentfeed/posts'],
	evidence: { grade: 'INFERRED', sources: 'S8' },
	isList: true,
	simplify: simplifyPost,
	fields: [postFilters],

	async run(call) {
		const filters = filtersIn(call.collection('filters'));
		if (Object.keys(filters).length === 0) return await call.list('contentfeed/posts');
		const { feedIds, postTypes, tags } = filters;
		const sent = Object.entries({ feedIds, postTypes, tags }).filter(([, wanted]) => wanted);
		return await call.list('contentfeed/posts', {
			query: Object.fromEntries(sent.map(([name, wanted]) => [name, wanted?.join(',')])),
			matches: (post: IDataObject) => passes(post, filters),
		});
	},
};
