import type { Channel } from './channels.mts';
import type { Words } from './names.mts';
import type { Random } from './random.mts';
import { pastSecond } from './times.mts';

/** Fields of appspace-api.md 5.1. Durations are numbers on some items and text on others (3.2). */
export interface PlaylistItem {
	id: string;
	channelId: string;
	name: string;
	type: 'Image' | 'Video' | 'Card';
	position: number;
	disabled: boolean;
	contentId: string;
	contentURL: string;
	articleUrl?: string;
	thumbnailURL: string;
	contentFormat: string;
	contentDuration: number | string;
	contentNaturalDuration?: number | string;
	contentTemplateId?: string;
	contentTemplateType?: string;
	contentTags: string[];
	contentMetadata: Array<{ key: string; value: string }>;
	sourceId?: string;
	sourceName?: string;
	sourceType?: string;
	playoutSchedule: { schedule: { endDate: string | null } } | null;
	filter: string | null;
}

export interface PlaylistSource {
	id: string;
	name: string;
	type: string;
}

/** Public evidence names only two fields (appspace-api.md 5.2); the size may be text. */
export interface LibraryContent {
	size: number | string;
	contentURL: string;
}

export interface Playlist {
	items: PlaylistItem[];
	sources: PlaylistSource[];
}

const FORMATS = { Image: 'png', Video: 'mp4', Card: 'html' } as const;
/** A playlist longer than a usual page, so that paging matters on a tenant of any size. */
const LONG_PLAYLIST = 230;

/**
 * What a channel plays. `origin` is where the sandbox serves content. Live channels (type 2) have no
 * playlist, static ones (type 1) no sources.
 */
export function makePlaylist(
	random: Random,
	words: Words,
	channel: Channel,
	index: number,
	origin: string,
): Playlist {
	const sources = channel.type === 3 ? makeSources(random, words) : [];
	const count = index === 0 ? LONG_PLAYLIST : channel.type === 2 ? 0 : random.int(0, 12);
	const items = Array.from({ length: count }, (_, position) =>
		makeItem(random, words, channel, position, sources, origin),
	);
	return { items, sources };
}

/** The library entry behind a playlist item. */
export function makeContent(random: Random, item: PlaylistItem): LibraryContent {
	const size = item.type === 'Card' ? random.int(400, 900) : random.int(2_000, 60_000);
	return { size: random.chance(0.5) ? size : String(size), contentURL: item.contentURL };
}

function makeSources(random: Random, words: Words): PlaylistSource[] {
	return Array.from({ length: random.int(1, 3) }, () => ({
		id: random.guid(),
		name: random.pick(words.departments),
		type: random.pick(['Library', 'Feed']),
	}));
}

function makeItem(
	random: Random,
	words: Words,
	channel: Channel,
	position: number,
	sources: readonly PlaylistSource[],
	origin: string,
): PlaylistItem {
	const type = random.pick(['Image', 'Video', 'Card'] as const);
	const contentId = random.guid();
	const seconds = random.int(5, 90);
	const source = sources.length > 0 ? random.pick(sources) : undefined;
	const file = type === 'Card' ? 'index.html' : `content.${FORMATS[type]}`;
	return {
		id: random.guid(),
		channelId: channel.id,
		name: random.pick(words.products),
		type,
		position,
		disabled: random.chance(0.1),
		contentId,
		contentURL: `${origin}/content/${contentId}/${file}`,
		thumbnailURL: `${origin}/content/${contentId}/thumbnail.png`,
		contentFormat: FORMATS[type],
		contentDuration: random.chance(0.7) ? seconds : String(seconds),
		...(type === 'Video' && { contentNaturalDuration: String(seconds) }),
		...(type === 'Card' && {
			contentTemplateId: random.guid(),
			contentTemplateType: random.pick(['menu', 'countdown']),
		}),
		contentTags: random.sample(words.departments, random.int(0, 2)),
		contentMetadata: [],
		...(source && { sourceId: source.id, sourceName: source.name, sourceType: source.type }),
		playoutSchedule: random.chance(0.3)
			? { schedule: { endDate: random.chance(0.5) ? pastSecond(random) : null } }
			: null,
		filter: null,
	};
}
