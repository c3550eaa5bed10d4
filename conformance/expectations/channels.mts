import { NO_ID, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const channel: Fields = {
	...{ id: 'id', name: 'text', type: 'number', accountId: 'id', permission: 'text' },
	...{ privacyType: 'mixed', contentCount: 'number', contentLastPublishedAt: 'time' },
	...{ contentLastUpdatedAt: 'time', subscriptionMode: 'text', membershipMode: 'text' },
	...{ publishingRule: 'number', channelGroups: 'list', publishTo: 'list' },
	...{ inheritedPublishTo: 'list', metadata: 'list', libraryIds: 'list' },
	thumbnailResourceId: 'id',
};

const channelIfFilled: Fields = {
	...{ description: 'text', caption: 'text', networkId: 'id', networkName: 'text' },
};

/** Only on spaces; also the stamps, which the API notes do not name individually. */
const channelAlso: Fields = {
	...{ iconColor: 'text', subType: 'any', subTypeId: 'any', banner: 'any' },
	...{ additionalInfo: 'object', createdAt: 'time', updatedAt: 'time' },
};

const playlistItem: Fields = {
	...{ id: 'id', channelId: 'id', name: 'text', type: 'text', position: 'number' },
	...{ disabled: 'flag', contentId: 'id', contentURL: 'text', thumbnailURL: 'text' },
	...{ contentFormat: 'text', contentDuration: 'mixed', contentTags: 'list' },
	...{ contentMetadata: 'list', playoutSchedule: 'object', filter: 'any' },
};

const playlistItemAlso: Fields = {
	...{ articleUrl: 'text', contentNaturalDuration: 'mixed', contentTemplateId: 'any' },
	...{ contentTemplateType: 'text', sourceId: 'id', sourceName: 'text', sourceType: 'any' },
};

/** Channel directory, playlists, and the live program guide (appspace-api.md 5.1). */
export const channels: readonly Expectation[] = [
	{
		endpoint: 'GET channeldirectory',
		section: '5.1',
		form: 'listing',
		fields: channel,
		optional: channelAlso,
		absentIfEmpty: channelIfFilled,
		filters: [
			{ none: { name: NO_WORD }, known: 'ignored' },
			{ none: { groupId: NO_ID }, known: 'open' },
			{ none: { type: '99' }, known: 'open' },
		],
	},
	{
		endpoint: 'GET channeldirectory/{id}',
		section: '5.1',
		form: 'record',
		fields: channel,
		optional: channelAlso,
		absentIfEmpty: channelIfFilled,
	},
	{
		endpoint: 'GET channeldirectory/groups',
		section: '5.1',
		form: 'listing',
		fields: { id: 'id', name: 'text', networkId: 'id', networkName: 'text' },
		absentIfEmpty: { description: 'text' },
	},
	{
		endpoint: 'GET channeldirectory/{id}/publishto',
		section: '5.1',
		form: 'list',
		fields: { id: 'id', targetId: 'id', targetType: 'number', createdAt: 'time', createdBy: 'any' },
	},
	{
		endpoint: 'GET channelplaylist/{channelId}/items',
		section: '5.1',
		form: 'listing',
		fields: playlistItem,
		absentIfEmpty: playlistItemAlso,
	},
	{
		endpoint: 'GET channelplaylist/{channelId}/sources',
		section: '5.1',
		form: 'items',
		fields: { id: 'id', name: 'text', type: 'any' },
	},
	{
		endpoint: 'GET livechannel/epg',
		section: '5.1',
		form: 'listing',
		fields: { id: 'any', name: 'text' },
	},
];
