import { listing } from '../listing.mts';
import type { Service } from './endpoint.mts';
import { byId } from './lookups.mts';

/** Seen only through the widget bridge; an application token is unproven here (appspace-api.md 5.7). */
export const contentfeed: Service = {
	name: 'contentfeed',
	title: 'Content Feed',
	beta: true,
	endpoints: [
		{
			method: 'GET',
			path: 'contentfeed/posts',
			summary: 'Lists the posts',
			query: { feedIds: 'list', postTypes: 'list', tags: 'list' },
			paged: true,
			// S8 warns that filters can be ignored; here they always are.
			handle: (call) => listing(call, call.tenant.posts),
		},
		{
			method: 'GET',
			path: 'contentfeed/posts/:id',
			summary: 'Gets one post',
			query: { IncludeCurrentUserAcknowledgment: 'boolean' },
			handle: ({ tenant, params, query }) => {
				const post = byId(tenant.posts, params.id, 'The post');
				if (query.includecurrentuseracknowledgment !== 'true') return post;
				const isAcknowledged =
					post.acknowledgment.isEnabled && !tenant.pendingAcknowledgments.includes(post.id);
				return { ...post, userAcknowledgment: { isAcknowledged } };
			},
		},
		{
			method: 'GET',
			path: 'contentfeed/posts/acknowledgment/me',
			summary: 'Lists the posts that the acting user has yet to acknowledge',
			paged: true,
			handle: (call) => {
				const { posts, pendingAcknowledgments } = call.tenant;
				return listing(
					call,
					posts.filter(({ id }) => pendingAcknowledgments.includes(id)),
				);
			},
		},
	],
};
