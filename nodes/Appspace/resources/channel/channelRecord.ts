import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../runtime/pick';

/** Names of the channel types by number (appspace-api.md 5.1). */
export const CHANNEL_TYPES: Record<string, string> = {
	1: 'Playlist',
	2: 'Live',
	3: 'Dynamic or Advanced',
	6: 'Space or Site',
};

/** The most useful fields of a channel, flattened, plus the name of its type. */
export function simplifyChannel(channel: IDataObject): IDataObject {
	const { id, name, type } = channel;
	return {
		id,
		name,
		type,
		typeName: CHANNEL_TYPES[String(type)] ?? null,
		...pick(channel, ['description', 'networkName', 'contentCount', 'contentLastUpdatedAt']),
		...pick(channel, ['contentLastPublishedAt', 'permission']),
	};
}
