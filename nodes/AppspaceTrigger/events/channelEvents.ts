import { channelFilters, passes } from '../../Appspace/resources/channel/channelFilters';
import { simplifyChannel } from '../../Appspace/resources/channel/channelRecord';
import { pick } from '../../Appspace/runtime/pick';
import { path } from '../../Appspace/transport/path';
import { created, deleted, entered, millisOf, updated } from '../detections';
import { mostGoneOption } from '../properties';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

const WATCHED = [
	...['name', 'description', 'caption', 'type', 'networkId', 'channelGroups'],
	...['contentCount', 'contentLastUpdatedAt'],
];

function lists(call: EventCall): List[] {
	const filters = call.collection('filters');
	return [{ path: 'channeldirectory', matches: (channel) => passes(channel, filters) }];
}

const ofChannels = {
	endpoints: ['GET channeldirectory'],
	evidence: { grade: 'DOCUMENTED', sources: 'S1, S2, S10' },
	...{ filters: channelFilters, lists, simplify: simplifyChannel },
} satisfies Partial<TriggerEvent>;

export const channelEvents: TriggerEvent[] = [
	{
		value: 'channelCreated',
		name: 'Channel Created',
		description: 'When a channel is added, or becomes visible to the service user',
		...ofChannels,
		detection: () => created(),
	},
	{
		value: 'channelPublished',
		name: 'Channel Published',
		description: 'When the content of a channel is published',
		...ofChannels,
		evidence: { grade: 'OBSERVED', sources: 'S2' },
		detection: () =>
			entered({
				isIn: ({ contentLastPublishedAt }) => millisOf(contentLastPublishedAt) !== undefined,
				since: ({ contentLastPublishedAt }) => contentLastPublishedAt,
				isDated: true,
				fields: ['contentLastPublishedAt', 'contentCount'],
			}),
		happenedAt: ({ contentLastPublishedAt }) => contentLastPublishedAt,
	},
	{
		value: 'channelUpdated',
		name: 'Channel Updated',
		description: 'When a channel or its content changes, whether published or not',
		...ofChannels,
		evidence: { grade: 'OBSERVED', sources: 'S2' },
		detection: () => updated((channel) => pick(channel, WATCHED)),
		happenedAt: ({ contentLastUpdatedAt }) => contentLastUpdatedAt,
	},
	{
		value: 'channelDeleted',
		name: 'Channel Deleted',
		description: 'When a channel is gone',
		...ofChannels,
		evidence: { grade: 'OBSERVED', sources: 'S1, S2, S10' },
		endpoints: [...ofChannels.endpoints, 'GET channeldirectory/{id}'],
		options: [mostGoneOption],
		recordPath: (id) => path`channeldirectory/${id}`,
		detection: () => deleted(),
	},
];
