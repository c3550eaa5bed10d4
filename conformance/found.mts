import { recordsOf, type Exchange, type JsonObject } from './exchange.mts';

/** Where IDs come from: an endpoint, a field of its records, and which of them to prefer. */
interface Source {
	endpoint: string;
	field: string;
	prefer?: (record: JsonObject) => boolean;
}

const hasContent = ({ type, contentCount }: JsonObject) =>
	Number(contentCount) > 0 && Number(type) !== 2;

const isCard = ({ type }: JsonObject) => type === 'Card';

/** In order of preference. */
const SOURCES = {
	channelId: [{ endpoint: 'GET channeldirectory', field: 'id', prefer: hasContent }],
	/** Dynamic channels first: only those have sources. */
	sourcedId: [
		{ endpoint: 'GET channeldirectory', field: 'id', prefer: ({ type }) => Number(type) === 3 },
	],
	contentId: [{ endpoint: 'GET channelplaylist/{channelId}/items', field: 'contentId' }],
	/** Content that is a card. */
	cardId: [{ endpoint: 'GET channelplaylist/{channelId}/items', field: 'contentId' }],
	cardTemplateId: [{ endpoint: 'GET libraries/cardtemplates', field: 'id' }],
	postId: [{ endpoint: 'GET contentfeed/posts', field: 'id' }],
	deviceId: [{ endpoint: 'GET devices', field: 'id' }],
	locationId: [
		{ endpoint: 'GET devices', field: 'locationId' },
		{ endpoint: 'GET users/usergroups', field: 'networkId' },
		{ endpoint: 'GET channeldirectory', field: 'networkId' },
	],
	eventId: [
		{ endpoint: 'GET reservation/events', field: 'id' },
		{ endpoint: 'GET reservation/users/me/events', field: 'id' },
	],
	reservationId: [
		{ endpoint: 'GET reservation/reservations', field: 'id' },
		{ endpoint: 'GET reservation/events', field: 'reservationId' },
	],
	spaceId: [
		{
			endpoint: 'GET reservation/resources',
			field: 'id',
			prefer: ({ type }) => type !== 'floor',
		},
	],
	visitorId: [{ endpoint: 'GET visitormanagement/visitors', field: 'id' }],
	userId: [
		{ endpoint: 'GET users', field: 'id' },
		{ endpoint: 'GET users/me', field: 'id' },
	],
	userGroupId: [{ endpoint: 'GET users/usergroups', field: 'id' }],
	email: [
		{ endpoint: 'GET users', field: 'email' },
		{ endpoint: 'GET users/me', field: 'email' },
	],
} satisfies Record<string, Source[]>;

export type FoundName = keyof typeof SOURCES;

/** Values from earlier responses that later requests need. */
export class Found {
	constructor(private readonly exchanges: readonly Exchange[]) {}

	/** The first few distinct values, preferred ones first. */
	all(name: FoundName, most = 3): string[] {
		const sources: Source[] = SOURCES[name];
		const values = sources.flatMap(({ endpoint, field, prefer }) => {
			const records = this.records(endpoint).filter(
				(record) => name !== 'cardId' || isCard(record),
			);
			const telling = records.filter((record) => prefer?.(record));
			return [...telling, ...records].map((record) => record[field]);
		});
		const texts = values.filter(
			(value): value is string => typeof value === 'string' && value !== '',
		);
		return [...new Set(texts)].slice(0, most);
	}

	first(name: FoundName): string | undefined {
		return this.all(name, 1)[0];
	}

	/** Content that was read and whose file is no longer than this many bytes. */
	smallContent(most: number): string | undefined {
		const small = this.exchanges.find(
			({ endpoint, status, body }) =>
				endpoint === 'GET libraries/contents/{id}' &&
				status === 200 &&
				recordsOf({ status, body }).some(({ size }) => Number(size) <= most),
		);
		return small?.path.split('/').at(-1);
	}

	private records(endpoint: string): JsonObject[] {
		return this.exchanges
			.filter((exchange) => exchange.endpoint === endpoint)
			.flatMap((exchange) => recordsOf(exchange));
	}
}

/** Which ID the placeholder of an endpoint takes, by the path before it. */
const PLACEHOLDERS: ReadonlyArray<[prefix: string, name: FoundName]> = [
	['channeldirectory/', 'channelId'],
	['channelplaylist/', 'channelId'],
	['libraries/contents/', 'contentId'],
	['libraries/cardtemplates/', 'cardTemplateId'],
	['contentfeed/posts/', 'postId'],
	['devices/', 'deviceId'],
	['networks/devices/', 'deviceId'],
	['networks/', 'locationId'],
	['reservation/events/', 'eventId'],
	['reservation/reservations/', 'reservationId'],
	['reservation/resources/', 'spaceId'],
	['visitormanagement/visitors/', 'visitorId'],
	['users/usergroups/', 'userGroupId'],
	['users/', 'userId'],
];

/**
 * The path of a GET endpoint with its placeholder filled in.
 * @param id what to fill in; without it, a value from earlier responses
 * @returns undefined if there is no value or the endpoint is not a GET
 */
export function pathFor(endpoint: string, found: Found, id?: string): string | undefined {
	const [method, path = ''] = endpoint.split(' ');
	if (method !== 'GET') return undefined;
	if (!path.includes('{')) return path;
	const name = PLACEHOLDERS.find(([prefix]) => path.startsWith(`${prefix}{`))?.[1];
	const value = id ?? (name && found.first(name));
	return value && path.replace(/\{\w+\}/, encodeURIComponent(value));
}
