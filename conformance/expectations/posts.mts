import { NO_ID, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const post: Fields = {
	...{ id: 'id', postId: 'any', accountId: 'id', channelId: 'id', channelName: 'text' },
	...{ title: 'text', caption: 'text', captionContent: 'object', postType: 'text' },
	...{ status: 'text', position: 'any', tags: 'list', createdAt: 'time', createdBy: 'any' },
	...{ createdByUserId: 'id', updatedAt: 'time', publishedAt: 'time', contentUpdatedAt: 'time' },
	...{ feeds: 'list', authors: 'list', attachments: 'list', cover: 'any', content: 'any' },
	...{ postSchedule: 'any', configuration: 'object', statistics: 'object' },
	...{ commentSummary: 'object', reactionSummary: 'any', isPromoted: 'flag' },
	...{ isSpotlighted: 'flag', isMarkedOffline: 'flag', isReported: 'flag', isBookmarked: 'flag' },
	...{ source: 'any', revision: 'any', acknowledgment: 'object', locationIds: 'list' },
	...{ userGroupIds: 'list', audienceIds: 'list', permission: 'any' },
};

/** The content feed; no public source tests an application token there (appspace-api.md 5.7). */
export const posts: readonly Expectation[] = [
	{
		endpoint: 'GET contentfeed/posts',
		section: '5.7',
		form: 'listing',
		fields: post,
		filters: [
			{ none: { postTypes: NO_WORD }, known: 'open' },
			{ none: { feedIds: NO_ID }, known: 'open' },
			{ none: { tags: NO_WORD }, known: 'open' },
		],
	},
	{
		endpoint: 'GET contentfeed/posts/{id}',
		section: '5.7',
		form: 'record',
		fields: post,
		optional: { userAcknowledgment: 'object' },
	},
	{
		endpoint: 'GET contentfeed/posts/acknowledgment/me',
		section: '5.7',
		form: 'listing',
		fields: post,
	},
];
