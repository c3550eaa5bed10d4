import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { locator } from '../../Appspace/fields/locators';
import { simplifyPost } from '../../Appspace/resources/post/postRecord';
import { mayBe, mayBeOneOf } from '../../Appspace/runtime/mayMatch';
import { idsIn } from '../../Appspace/runtime/parameterValues';
import { isSameText, pick } from '../../Appspace/runtime/pick';
import { entered, millisOf, updated } from '../detections';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

const filters: INodeProperties[] = [
	locator('Channel', 'channelId', 'searchChannels', {
		required: false,
		description: 'Only posts of this channel',
	}),
	{
		displayName: 'Post Types',
		name: 'postTypes',
		type: 'string',
		default: '',
		placeholder: 'e.g. Page, Story',
		description:
			'Only posts of one of these types. Page, Story, Post, and Event are known; others may exist.',
		// `idsIn` splits the values.
		ignoreValidationDuringExecution: true,
	},
];

function lists(call: EventCall): List[] {
	const { channelId, postTypes } = call.collection('filters');
	const types = idsIn(postTypes, 'Post Types');
	const matches = (post: IDataObject) =>
		mayBe(post.channelId, channelId) && mayBeOneOf(post.postType, types);
	const query = types.length > 0 ? { postTypes: types.join(',') } : {};
	return [{ path: 'contentfeed/posts', query, matches }];
}

function isPublished({ status, publishedAt }: IDataObject): boolean {
	const hasStatus = status !== undefined && status !== null && status !== '';
	return hasStatus ? isSameText(status, 'Published') : millisOf(publishedAt) !== undefined;
}

/** What readers see. Without a time of its own for the content, that of the record has to do. */
function contentOf(post: IDataObject): IDataObject {
	const { contentUpdatedAt, updatedAt } = post;
	const at = millisOf(contentUpdatedAt) === undefined ? updatedAt : contentUpdatedAt;
	return { ...pick(post, ['title', 'caption', 'tags']), at };
}

const ofPosts = {
	endpoints: ['GET contentfeed/posts'],
	evidence: { grade: 'INFERRED', sources: 'S8' },
	...{ filters, lists, simplify: simplifyPost },
} satisfies Partial<TriggerEvent>;

export const postEvents: TriggerEvent[] = [
	{
		value: 'postPublished',
		name: 'Post Published',
		description: 'When a post, story, or page that the service user can see is published',
		...ofPosts,
		detection: () =>
			entered({
				isIn: isPublished,
				since: ({ publishedAt }) => publishedAt,
				isDated: true,
				fields: ['status', 'publishedAt'],
			}),
		happenedAt: ({ publishedAt }) => publishedAt,
	},
	{
		value: 'postUpdated',
		name: 'Post Updated',
		description: 'When the title, caption, tags, or content of a post change',
		...ofPosts,
		detection: () =>
			updated(contentOf, { times: ({ createdAt, updatedAt }) => ({ createdAt, updatedAt }) }),
		happenedAt: ({ updatedAt }) => updatedAt,
	},
];
