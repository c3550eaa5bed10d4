import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idsIn } from '../../runtime/parameterValues';
import { mayBeOneOf, mayHold } from '../../runtime/mayMatch';

const OPTIONS = [
	{
		displayName: 'Feed IDs',
		name: 'feedIds',
		placeholder: 'e.g. 8f14e45f-..., 45c48cce-...',
		description: 'Only posts in one of these feeds. Separate several IDs with commas.',
	},
	{
		displayName: 'Post Types',
		name: 'postTypes',
		placeholder: 'e.g. Page, Story',
		description:
			'Only posts of one of these types. Page, Story, Post, and Event are known; others may exist.',
	},
	{
		displayName: 'Status',
		name: 'status',
		placeholder: 'e.g. Published',
		description: 'Only posts with this status. Published and Draft are known; others may exist.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		placeholder: 'e.g. Safety, Travel',
		description: 'Only posts with one of these tags. Separate several tags with commas.',
	},
];

export const postFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: OPTIONS.map((option): INodeProperties => {
		// `idsIn` splits the values.
		return { ...option, type: 'string', default: '', ignoreValidationDuringExecution: true };
	}),
};

type Filters = Record<string, string[] | undefined>;

/** The values of each filter, without empty filters. */
export function filtersIn(given: IDataObject): Filters {
	const named = OPTIONS.map(({ name, displayName }) => [name, idsIn(given[name], displayName)]);
	return Object.fromEntries(named.filter(([, wanted]) => wanted?.length)) as Filters;
}

/** Whether a post matches the filters, which the server may ignore (appspace-api.md 5.7). */
export function passes(post: IDataObject, filters: Filters): boolean {
	const { feedIds = [], postTypes = [], status = [], tags = [] } = filters;
	return (
		mayHold(post.feeds, feedIds) &&
		mayBeOneOf(post.postType, postTypes) &&
		mayBeOneOf(post.status, status) &&
		mayHold(post.tags, tags)
	);
}
