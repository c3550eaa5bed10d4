import { channelLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { pick } from '../../runtime/pick';
import { path } from '../../transport/path';

export const getPlaylistItems: Operation = {
	value: 'getPlaylistItems',
	name: 'Get Playlist Items',
	action: 'Get playlist items of channel',
	description: 'List what a playlist channel plays: images, videos, and cards in order',
	effect: 'read',
	endpoints: ['GET channelplaylist/{channelId}/items'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3, S10' },
	fields: [channelLocator],
	isList: true,
	simplify: (item) => ({
		...pick(item, ['id', 'name', 'type', 'position', 'disabled', 'contentId']),
		...pick(item, ['contentDuration', 'contentURL', 'thumbnailURL', 'sourceName']),
	}),

	async run(call) {
		return await call.list(path`channelplaylist/${call.id('channelId')}/items`);
	},
};
