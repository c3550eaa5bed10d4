import { listing } from '../listing.mts';
import { shown } from '../recordForms.mts';
import type { Service } from './endpoint.mts';
import { byKey } from './lookups.mts';

export const channelplaylist: Service = {
	name: 'channelplaylist',
	title: 'Channel Playlist',
	endpoints: [
		{
			method: 'GET',
			path: 'channelplaylist/:channelId/items',
			summary: 'Lists the playlist items of a channel',
			paged: true,
			handle: (call) => {
				const items = byKey(call.tenant.playlistItems, call.params.channelId, 'The channel');
				return listing(
					call,
					items.map((item) => shown(call, 'playlistItem', item)),
				);
			},
		},
		{
			method: 'GET',
			path: 'channelplaylist/:channelId/sources',
			summary: 'Lists the dynamic sources of a channel',
			handle: (call) => ({
				items: byKey(call.tenant.playlistSources, call.params.channelId, 'The channel'),
			}),
		},
	],
};
