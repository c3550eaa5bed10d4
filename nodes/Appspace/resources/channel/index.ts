import type { Resource } from '../../runtime/operation';
import { addPublishTargets } from './addPublishTargets.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAllGroups } from './getAllGroups.operation';
import { getLiveProgramme } from './getLiveProgramme.operation';
import { getPlaylistItems } from './getPlaylistItems.operation';
import { getPlaylistSources } from './getPlaylistSources.operation';
import { getPublishTargets } from './getPublishTargets.operation';
import { removePublishTargets } from './removePublishTargets.operation';
import { replacePublishTargets } from './replacePublishTargets.operation';

export const channel: Resource = {
	value: 'channel',
	name: 'Channel',
	description: 'The channel directory, playlists, and publish targets',
	operations: [
		getAll,
		get,
		getAllGroups,
		getPlaylistItems,
		getPlaylistSources,
		getPublishTargets,
		addPublishTargets,
		removePublishTargets,
		replacePublishTargets,
		getLiveProgramme,
	],
};
