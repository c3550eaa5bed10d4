import type { IDataObject } from 'n8n-workflow';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { mayBeOneOf, mayContain, mayHold } from '../../runtime/mayMatch';
import { CHANNEL_TYPES, simplifyChannel } from './channelRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many channels',
	description: 'List the channels of the channel directory',
	effect: 'read',
	endpoints: ['GET channeldirectory'],
	evidence: { grade: 'DOCUMENTED', sources: 'S1, S2, S10' },
	isList: true,
	simplify: simplifyChannel,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
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
			],
		},
	],

	async run(call) {
		const { name, type, groupId } = call.collection('filters');
		// The endpoint has no filters (appspace-api.md 5.1).
		const matches = (channel: IDataObject) =>
			mayContain([channel.name], name) &&
			mayBeOneOf(channel.type, type === undefined ? [] : [type]) &&
			// The shape of this list is not fully public; `mayHold` accepts IDs and records with an ID.
			mayHold(channel.channelGroups, groupId === undefined ? [] : [groupId]);
		const isFiltered = name !== undefined || type !== undefined || groupId !== undefined;
		return await call.list('channeldirectory', isFiltered ? { matches } : {});
	},
};
