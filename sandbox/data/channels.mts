import type { Location } from './locations.mts';
import type { Words } from './names.mts';
import type { Reference } from './people.mts';
import type { Random } from './random.mts';
import { pastTime, UNSET_TIME } from './times.mts';

export interface ChannelGroup {
	id: string;
	name: string;
	description?: string;
	networkId: string;
	networkName: string;
}

/** Numbers in responses: 7 device, 8 device group, 4 apparently a user (appspace-api.md 5.1). */
export interface PublishTarget {
	id: string;
	targetId: string;
	targetType: number;
	createdAt: string;
	createdBy: string;
}

/** Fields of appspace-api.md 5.1. */
export interface Channel {
	id: string;
	name: string;
	description?: string;
	caption?: string;
	/** 1 playlist, 2 live, 3 dynamic or advanced, 6 space. */
	type: number;
	accountId: string;
	networkId?: string;
	networkName?: string;
	permission: string;
	privacyType: string | number;
	contentCount: number;
	contentLastPublishedAt: string;
	contentLastUpdatedAt: string;
	/** The modes are text (5.1). The real words are not public; these are invented. */
	subscriptionMode: string;
	membershipMode: string;
	publishingRule: number;
	channelGroups: Reference[];
	publishTo: PublishTarget[];
	inheritedPublishTo: PublishTarget[];
	metadata: Array<{ key: string; value: string }>;
	libraryIds: string[];
	thumbnailResourceId: string;
	createdAt: string;
	updatedAt: string;
	iconColor?: string;
	subType?: string;
	subTypeId?: string;
	banner?: string | null;
	additionalInfo?: Record<string, number>;
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
const KINDS = ['Lobby', 'Canteen', 'Town hall', 'Welcome', 'Safety', 'News', 'Empfang', '受付'];
const TYPES = [1, 1, 1, 3, 2, 6];
/** In numeric order, for tenants that show modes as numbers. */
export const MODES = ['Open', 'OnRequest', 'Closed'] as const;

export function makeChannelGroups(
	random: Random,
	words: Words,
	locations: readonly Location[],
): ChannelGroup[] {
	return words.departments.slice(0, 4).map((name) => {
		const location = random.pick(locations);
		return {
			id: random.guid(),
			name,
			...(random.chance(0.5) && { description: random.pick(words.sentences) }),
			networkId: location.id,
			networkName: location.name,
		};
	});
}

/** The channels without content and publish targets, which the tenant fills in. */
export function makeChannels(
	random: Random,
	words: Words,
	groups: readonly ChannelGroup[],
	locations: readonly Location[],
	count: number,
): Channel[] {
	const accountId = locations[0]?.id ?? NO_ID;
	const channels = Array.from({ length: count }, (_, index): Channel => {
		const location = random.chance(0.9) ? random.pick(locations) : undefined;
		const type = TYPES[index % TYPES.length] as number;
		return {
			id: random.guid(),
			name: `${random.pick(KINDS)} ${random.pick(words.cities)} ${index + 1}`,
			...(random.chance(0.6) && { description: random.pick(words.sentences) }),
			...(random.chance(0.3) && { caption: random.pick(words.sentences) }),
			type,
			accountId,
			...(location && { networkId: location.id, networkName: location.name }),
			permission: random.pick(['r', 'rw', 'rwd']),
			privacyType: random.pick<string | number>(['Public', 'Private', 0, 1]),
			contentCount: 0,
			contentLastPublishedAt: random.chance(0.8) ? pastTime(random) : UNSET_TIME,
			contentLastUpdatedAt: pastTime(random),
			subscriptionMode: random.pick(MODES),
			membershipMode: random.pick(MODES),
			publishingRule: random.int(0, 1),
			channelGroups: random.sample(groups, random.int(0, 2)).map(({ id, name }) => ({ id, name })),
			publishTo: [],
			inheritedPublishTo: [],
			metadata: random.chance(0.3)
				? [{ key: 'audience', value: random.pick(words.departments) }]
				: [],
			libraryIds: [random.guid()],
			thumbnailResourceId: random.chance(0.7) ? random.guid() : NO_ID,
			createdAt: pastTime(random),
			updatedAt: pastTime(random),
			...(type === 6 ? spaceFields(random) : {}),
		};
	});
	// Names are not unique (appspace-api.md 3.2).
	const [first, , third] = channels;
	if (first && third) third.name = first.name;
	return channels;
}

function spaceFields(random: Random): Partial<Channel> {
	return {
		iconColor: `#${random.int(0, 0xffffff).toString(16).padStart(6, '0')}`,
		subType: 'Site',
		subTypeId: random.guid(),
		banner: null,
		additionalInfo: {
			audienceCount: random.int(0, 500),
			memberCount: random.int(0, 500),
			subscriberCount: random.int(0, 500),
			contentCount: random.int(0, 90),
		},
	};
}
