import type { Channel } from './channels.mts';
import type { Words } from './names.mts';
import type { User } from './people.mts';
import type { Random } from './random.mts';
import { pastTime } from './times.mts';

/** A post of the content feed, with the fields from captured responses (appspace-api.md 5.7). */
export interface Post {
	id: string;
	postId: string;
	title: string;
	postType: string;
	status: string;
	publishedAt: string;
	updatedAt: string;
	acknowledgment: {
		isEnabled: boolean;
		message: string | null;
		currentAcknowledgmentVersion: number;
	};
	[field: string]: unknown;
}

const TYPES = ['Page', 'Story', 'Post', 'Event'];
/** More than one page at a usual limit, so that paging matters. */
const COUNT = 45;

export function makePosts(
	random: Random,
	words: Words,
	channels: readonly Channel[],
	users: readonly User[],
): Post[] {
	if (channels.length === 0) return [];
	return Array.from({ length: COUNT }, (_, position) =>
		makePost(random, words, random.pick(channels), random.pick(users), position),
	);
}

/** IDs of the posts that the service user has yet to acknowledge. */
export function pendingAcknowledgments(random: Random, posts: readonly Post[]): string[] {
	const asked = posts.filter(
		(post) => post.acknowledgment.isEnabled && post.status === 'Published',
	);
	return random.sample(asked, Math.ceil(asked.length / 2)).map(({ id }) => id);
}

function makePost(
	random: Random,
	words: Words,
	channel: Channel,
	author: User,
	position: number,
): Post {
	const title = random.pick(words.sentences);
	const publishedAt = pastTime(random);
	const asksToAcknowledge = random.chance(0.3);
	return {
		id: random.guid(),
		postId: random.guid(),
		accountId: channel.accountId,
		channelId: channel.id,
		channelName: channel.name,
		title,
		caption: random.pick(words.sentences),
		captionContent: {
			content: JSON.stringify({ blocks: [{ text: title }], entityMap: {} }),
			contentType: 'DraftJs',
		},
		postType: random.pick(TYPES),
		status: random.chance(0.8) ? 'Published' : 'Draft',
		position,
		tags: random.sample(words.departments, random.int(0, 3)),
		createdAt: publishedAt,
		createdBy: author.name,
		createdByUserId: author.id,
		updatedAt: publishedAt,
		publishedAt,
		contentUpdatedAt: publishedAt,
		feeds: [
			{
				id: channel.id,
				name: channel.name,
				status: 'Published',
				type: channel.type,
				subType: null,
				channel: null,
				privacyType: channel.privacyType,
			},
		],
		authors: [
			{
				userId: author.id,
				username: author.userName,
				displayName: author.name,
				email: author.email,
				type: 'User',
			},
		],
		attachments: [],
		cover: null,
		content: null,
		postSchedule: null,
		configuration: {},
		statistics: {
			viewCount: random.int(0, 900),
			uniqueViewCount: random.int(0, 90),
			impressionCount: random.int(0, 9_000),
		},
		commentSummary: { totalCount: random.int(0, 20) },
		reactionSummary: null,
		isPromoted: random.chance(0.1),
		isSpotlighted: random.chance(0.1),
		isMarkedOffline: false,
		isReported: false,
		isBookmarked: false,
		source: null,
		revision: random.int(1, 9),
		acknowledgment: {
			isEnabled: asksToAcknowledge,
			message: asksToAcknowledge ? 'I have read and understood this.' : null,
			currentAcknowledgmentVersion: 1,
		},
		locationIds: [],
		userGroupIds: [],
		audienceIds: [],
		permission: random.pick(['r', 'rw', 'rwd']),
	};
}
