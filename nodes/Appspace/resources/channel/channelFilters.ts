import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { locator } from '../../fields/locators';
import { mayBeOneOf, mayContain, mayHold } from '../../runtime/mayMatch';
import { CHANNEL_TYPES } from './channelRecord';

export const channelFilters: INodeProperties[] = [
	locator('Channel Group', 'groupId', 'searchChannelGroups', {
		required: false,
		description: 'Only channels of this channel group',
	}),
	{
		displayName: 'Name Contains',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. lobby',
		description: 'Only channels whose name contains this text. Not case-sensitive.',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: Object.entries(CHANNEL_TYPES).map(([value, name]) => ({
			name,
			value: Number(value),
		})),
		default: 1,
		description: 'Only channels of this type',
	},
];

/** Whether a channel matches the filters. The endpoint has none of its own (appspace-api.md 5.1). */
export function passes(channel: IDataObject, { name, type, groupId }: IDataObject): boolean {
	return (
		mayContain([channel.name], name) &&
		mayBeOneOf(channel.type, type === undefined ? [] : [type]) &&
		// The shape of this list is not fully public; `mayHold` accepts IDs and records with an ID.
		mayHold(channel.channelGroups, groupId === undefined ? [] : [groupId])
	);
}
