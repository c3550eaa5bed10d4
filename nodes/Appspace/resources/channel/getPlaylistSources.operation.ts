import { channelLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const getPlaylistSources: Operation = {
	value: 'getPlaylistSources',
	name: 'Get Playlist Sources',
	action: 'Get playlist sources of channel',
	description: 'List the dynamic sources that feed a channel. A static playlist has none.',
	effect: 'read',
	endpoints: ['GET channelplaylist/{channelId}/sources'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [channelLocator],
	isList: true,

	async run(call) {
		return await call.list(path`channelplaylist/${call.id('channelId')}/sources`);
	},
};
