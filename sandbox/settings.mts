import type { Random } from './data/random.mts';

/** Where the tenant accepts its API key. How the real service does is not public (appspace-api.md 2.3). */
export interface ApiKeyPlacement {
	kind: 'bearer' | 'header' | 'query' | 'exchange';
	/** The header or query name; not used by the other kinds. */
	name?: string;
}

/** So many requests a second; `depth` may come at once after a while of rest. */
export interface RateLimit {
	perSecond: number;
	depth: number;
	/** Whether a refusal names a time to wait, in whole seconds. */
	retryAfter?: boolean;
}

/** So many requests are worked on at the same time, each for so many milliseconds; the others wait. */
export interface Workers {
	count: number;
	milliseconds: number;
}

/** How a path is chosen: a whole path (with or without `/api/v3/`, any case) or a pattern. */
export type PathPattern = string | RegExp;

/** What is in force. Each can be changed at any time, from code or over HTTP. */
export interface Settings {
	/** Seconds an access token lives; may be fractional. */
	tokenLifetime: number;
	/** How the token exchange announces lifetimes. */
	expiresIn: 'number' | 'text' | 'missing' | 'nonsense';
	/** Whether access tokens carry `iat` and `exp`. */
	jwtExpiry: boolean;
	/** Seconds that the server's clock, and so `iat` and `exp`, is ahead (or, negative, behind). */
	clockOffset: number;
	/**
	 * `none`: one refresh token for ever. `singleUse`: each exchange uses its refresh token up and hands
	 * out another. `newestOnly`: an exchange makes every older refresh token invalid, used or not.
	 */
	rotation: 'none' | 'singleUse' | 'newestOnly';
	/** Seconds for which a refresh token that was used up or superseded is still accepted. */
	rotationLeeway: number;
	/** How a call with an expired, revoked or unknown token is refused. */
	expiredStatus: 401 | 403;
	/** How wrong credentials are refused by the token exchange. */
	badCredentialsStatus: 401 | 403;
	/** Milliseconds before any request is looked at. */
	latency: number;
	/** Milliseconds on top of `latency` for the token exchange. */
	tokenLatency: number;
	/**
	 * Turns away with 429 what is more than `perSecond` once `depth` requests came at once, with a Retry-After
	 * where `retryAfter` is true; null for no limit. The token exchange does not count.
	 */
	rateLimit: RateLimit | null;
	/**
	 * Works on `count` requests at the same time, each for so many `milliseconds`, and lets the others wait;
	 * null for no limit. The token exchange does not count.
	 */
	workers: Workers | null;
	/** What listings say in `size`; `wrong` is the length of the page. `/devices` never says the total. */
	size: 'right' | 'wrong' | 'tooLarge' | 'missing' | 'text';
	/** Whether listings say which limit they applied, as a number or as text. */
	limitEcho: 'right' | 'missing' | 'text';
	/** The largest page the server gives, whatever was asked for; null for no cap. */
	limitCap: number | null;
	/** Listings ignore `start` and give the first page for ever. */
	repeatPages: boolean;
	/** Which fractions of a second times have: `whereThere` leaves out zeros, `always` writes them, `never` cuts all. */
	fractions: 'whereThere' | 'always' | 'never';
	/** Whether fields that are empty are left out or null; IDs of devices are null in any case. */
	emptyFields: 'absent' | 'null';
	/** Whether slashes may be repeated after the host and after `/api/v3/`. */
	repeatedSlashes: 'accepted' | 'refused';
	/** How the page of services names them: a script with plain keys, one with quoted keys, or links. */
	servicesIndex: 'script' | 'json' | 'links';
	/** Whether the subscription and membership modes of channels are text or numbers. */
	channelModes: 'text' | 'number';
	/** Whose ID and name spaces show as their network. */
	spaceNetwork: 'building' | 'floor';
	/** Whether `networkid` and `floorIds` filter spaces; unknown filters are ignored without a word. */
	floorFilters: 'honoured' | 'ignored';
	/** Whether records of spaces show their floor, as events do. */
	floorsShown: boolean;
	/** Where events of the acting user have their resources: at the top and, on demand, nested; or nested alone. */
	ownEvents: 'both' | 'nested';
	/** What stands in place of a page in the middle of a listing: nulls, or nothing. */
	pageHole: 'none' | 'nulls' | 'empty';
	/** Whether publish targets come as a bare array or as `{ items }`. */
	bareArrays: boolean;
	/** Whether the model of a card template holds a number that JavaScript rounds. */
	largeNumbers: boolean;
	/** What replies look like whose shape is not public; `drawn` chooses one for each endpoint. */
	undocumentedReply: UndocumentedReply | 'drawn';
	/** Which verbs `reservation/resources/reservable` has; the sources disagree. */
	reservable: 'POST' | 'GET' | 'both';
	/** Minutes before and after its start in which an event can be checked in to. */
	checkInWindow: number;
	/** How many days ahead one may book; null for no limit. */
	bookingHorizon: number | null;
	/** Whose booking it becomes: the organizer's that was sent, or the service user's in any case. */
	bookingOrganizer: 'asSent' | 'serviceUser';
	/** Whether property keys become lower-case and match exactly, or keep their case and match without it. */
	propertyKeyCase: 'lower' | 'kept';
	/** Whether a screen capture is answered with the picture or with its address. */
	screenCapture: 'image' | 'address';
	/** The form of error bodies; `mixed` draws one for each error. */
	errorBody: ErrorBody | ReasonBody | 'mixed';
	/** In which way the API key is accepted; in every other way it is refused. */
	apiKeyPlacement: ApiKeyPlacement;
	/** A valid token is answered 403 on these paths. */
	forbiddenPaths: PathPattern[];
	/**
	 * How visitors show their custom fields: as the list that is known (appspace-api.md 5.6), with IDs in
	 * capital letters, by ID in one object, each as text, or not at all.
	 */
	customFields: CustomFields;
	/** Whether content files need the token too, or anybody can fetch them. */
	contentAccess: 'anonymous' | 'token';
	/** What the address of a content gives: its file, half of it, a page to sign in, or nothing with 204. */
	contentAnswer: 'file' | 'half' | 'page' | 'nothing';
	/** Whether answers with a content name its file. */
	contentName: 'none' | 'plain' | 'extended';
	/** Whether SCIM offers groups: the console's option "Enable User Group Sync" (appspace-api.md 2.4). */
	groupSync: boolean;
	/** The largest page that SCIM gives, whatever was asked for; null for no cap. */
	scimPageCap: number | null;
	/** SCIM ignores `startIndex` and gives the first page for ever. */
	scimRepeatPages: boolean;
	/** How many requests are remembered; the oldest are forgotten. */
	loggedRequests: number;
	/** For how many requests the load that they met is remembered. */
	loggedLoad: number;
}

export const CUSTOM_FIELDS = ['list', 'capitals', 'object', 'text', 'missing'] as const;
export type CustomFields = (typeof CUSTOM_FIELDS)[number];

export const UNDOCUMENTED_REPLIES = ['object', 'array', 'items', 'text', 'empty'] as const;
export type UndocumentedReply = (typeof UNDOCUMENTED_REPLIES)[number];

export const ERROR_BODIES = ['message', 'title', 'empty', 'text', 'html'] as const;
export type ErrorBody = (typeof ERROR_BODIES)[number];

/** Forms that nobody has seen with Appspace; frameworks and gateways on the way use them. */
export const REASON_BODIES = [
	...(['jsonString', 'detail', 'oauth', 'nested', 'errors'] as const),
	...(['v1', 'modelState', 'problem', 'validation'] as const),
];
export type ReasonBody = (typeof REASON_BODIES)[number];

/** Guesses all of them, the ways that APIs usually take a key. */
export const API_KEY_PLACEMENTS: readonly ApiKeyPlacement[] = [
	{ kind: 'bearer' },
	{ kind: 'header', name: 'X-Api-Key' },
	{ kind: 'header', name: 'Authorization' },
	{ kind: 'query', name: 'apiKey' },
	{ kind: 'exchange' },
];

/** What holds at the start; where the evidence allows several answers, the seed draws one. */
export function defaultSettings(random: Random): Settings {
	const drawn = <T,>(name: keyof Settings, choices: readonly T[]) =>
		random.fork(name).pick(choices);
	return {
		tokenLifetime: 3600,
		expiresIn: 'number',
		jwtExpiry: true,
		clockOffset: 0,
		rotation: 'none',
		rotationLeeway: 0,
		expiredStatus: 401,
		badCredentialsStatus: 401,
		latency: 0,
		tokenLatency: 0,
		rateLimit: null,
		workers: null,
		size: 'right',
		limitEcho: 'right',
		limitCap: null,
		repeatPages: false,
		fractions: 'whereThere',
		emptyFields: 'absent',
		repeatedSlashes: 'accepted',
		servicesIndex: 'script',
		channelModes: 'text',
		spaceNetwork: 'building',
		floorFilters: 'honoured',
		floorsShown: false,
		ownEvents: 'both',
		pageHole: 'none',
		bareArrays: drawn('bareArrays', [true, false]),
		largeNumbers: false,
		undocumentedReply: 'drawn',
		reservable: drawn('reservable', ['POST', 'GET', 'both']),
		checkInWindow: 15,
		bookingHorizon: null,
		bookingOrganizer: 'asSent',
		propertyKeyCase: drawn('propertyKeyCase', ['lower', 'kept']),
		screenCapture: drawn('screenCapture', ['image', 'address']),
		errorBody: 'message',
		apiKeyPlacement: drawn('apiKeyPlacement', API_KEY_PLACEMENTS),
		forbiddenPaths: [],
		customFields: 'list',
		contentAccess: 'anonymous',
		contentAnswer: 'file',
		contentName: 'none',
		groupSync: true,
		scimPageCap: null,
		scimRepeatPages: false,
		loggedRequests: 100_000,
		loggedLoad: 0,
	};
}

/** Whether a path of the API, as requested, is the one meant. */
export function matchesPath(pattern: PathPattern, path: string): boolean {
	if (pattern instanceof RegExp) return new RegExp(pattern.source, 'i').test(path);
	const wanted = pattern.toLowerCase();
	const actual = path.toLowerCase();
	return actual === wanted || actual === `/api/v3/${wanted.replace(/^\//, '')}`;
}
