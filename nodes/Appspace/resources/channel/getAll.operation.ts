import type { IDataObject } from 'n8n-workflow';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { anyContains } from '../../runtime/pick';
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
					description: 'Only channels whose name contains this text, in upper or lower case',
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
		// The endpoint has no filters of its own (appspace-api.md 5.1).
		const matches = (channel: IDataObject) =>
			anyContains([channel.name], name) &&
			(type === undefined || String(channel.type) === String(type)) &&
			(groupId === undefined || isInGroup(channel, String(groupId)));
		const isFiltered = name !== undefined || type !== undefined || groupId !== undefined;
		return await call.list('channeldirectory', isFiltered ? { matches } : {});
	},
};

/** Entries of `channelGroups` were not published in full: both IDs and records with an ID are taken. */
function isInGroup({ channelGroups }: IDataObject, groupId: string): boolean {
	const groups = Array.isArray(channelGroups) ? (channelGroups as unknown[]) : [];
	return groups.some((group) => group === groupId || (group as IDataObject | null)?.id === groupId);
}
