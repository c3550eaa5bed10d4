import type { Random } from './data/random.mts';

/** Where the tenant accepts its API key. The real placement is not public (appspace-api.md 2.3). */
export interface ApiKeyPlacement {
	kind: 'bearer' | 'header' | 'query' | 'exchange';
	/** The header or query name; unused by the other kinds. */
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

/** Selects a path: a whole path (with or without `/api/v3/`, any case) or a regular expression. */
export type PathPattern = string | RegExp;

/** The active settings. Each can be changed at any time, from code or over HTTP. */
export interface Settings {
	/** Lifetime of an access token in seconds; may be fractional. */
	tokenLifetime: number;
	/** How the token exchange announces lifetimes. */
	expiresIn: 'number' | 'text' | 'missing' | 'nonsense';
	/** Whether access tokens carry `iat` and `exp`. */
	jwtExpiry: boolean;
	/** Seconds that the server's clock, and so `iat` and `exp`, is ahead (negative: behind). */
	clockOffset: number;
	/**
	 * `none`: one permanent refresh token. `singleUse`: each exchange uses up its refresh token and
	 * returns another. `newestOnly`: an exchange invalidates every older refresh token, used or not.
	 */
	rotation: 'none' | 'singleUse' | 'newestOnly';
	/** Seconds for which a used or superseded refresh token is still accepted. */
	rotationLeeway: number;
	/** The status that refuses an expired, revoked, or unknown token. */
	expiredStatus: 401 | 403;
	/** The status with which the token exchange refuses wrong credentials. */
	badCredentialsStatus: 401 | 403;
	/** Milliseconds before any request is processed. */
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
	/** Whether listings report the limit they applied, as a number or as text, or the one asked for. */
	limitEcho: 'right' | 'asked' | 'missing' | 'text';
	/** The largest page that the server returns, whatever the request asks for; null for no cap. */
	limitCap: number | null;
	/** Listings ignore `start` and return the first page forever. */
	repeatPages: boolean;
	/**
	 * Which fractions of a second times have: `whereThere` omits zeros, `always` writes them, `never`
	 * truncates all.
	 */
	fractions: 'whereThere' | 'always' | 'never';
	/** Whether empty fields are left out or null; IDs of devices are null in any case. */
	emptyFields: 'absent' | 'null';
	/** Whether slashes may be repeated after the host and after `/api/v3/`. */
	repeatedSlashes: 'accepted' | 'refused';
	/** How the page of services names them: a script with plain keys, one with quoted keys, or links. */
	servicesIndex: 'script' | 'json' | 'links';
	/** Whether the subscription and membership modes of channels are text or numbers. */
	channelModes: 'text' | 'number';
	/** Whose ID and name spaces show as their network. */
	spaceNetwork: 'building' | 'floor';
	/** Whether `networkid` and `floorIds` filter spaces; unknown filters are silently ignored. */
	floorFilters: 'honored' | 'ignored';
	/** Whether records of spaces show their floor, as events do. */
	floorsShown: boolean;
	/**
	 * Where events of the acting user show their resources: at the top and, on demand, nested; or only
	 * nested.
	 */
	ownEvents: 'both' | 'nested';
	/** What replaces a page in the middle of a listing: nulls, or nothing. */
	pageHole: 'none' | 'nulls' | 'empty';
	/** Whether publish targets come as a bare array or as `{ items }`. */
	bareArrays: boolean;
	/** Whether the model of a card template contains a number that JavaScript rounds. */
	largeNumbers: boolean;
	/** The form of replies that are not public; `drawn` chooses one for each endpoint. */
	undocumentedReply: UndocumentedReply | 'drawn';
	/** Which verbs `reservation/resources/reservable` accepts; the sources disagree. */
	reservable: 'POST' | 'GET' | 'both';
	/** Which events `startAt` and `endAt` select: those that overlap the range, or that start and end in it. */
	eventRange: 'overlapping' | 'within';
	/** Minutes before and after the start in which check-in is possible. */
	checkInWindow: number;
	/** How many days ahead bookings are allowed; null for no limit. */
	bookingHorizon: number | null;
	/** Who owns a new booking: the organizer that was sent, or always the service user. */
	bookingOrganizer: 'asSent' | 'serviceUser';
	/** Whether property keys become lowercase and match exactly, or keep their case and match without it. */
	propertyKeyCase: 'lower' | 'kept';
	/** Whether a screen capture returns the picture or its address. */
	screenCapture: 'image' | 'address';
	/** The form of error bodies; `mixed` draws one for each error. */
	errorBody: ErrorBody | ReasonBody | 'mixed';
	/** The only placement in which the API key is accepted. */
	apiKeyPlacement: ApiKeyPlacement;
	/** Paths that answer 403 to a valid token. */
	forbiddenPaths: PathPattern[];
	/**
	 * How visitors show their custom fields: as the known list (appspace-api.md 5.6), with IDs in capital
	 * letters, as one object by ID, each as text, or not at all.
	 */
	customFields: CustomFields;
	/** Whether content files require the token or are open to anyone. */
	contentAccess: 'anonymous' | 'token';
	/** What the address of content returns: its file, half of it, a sign-in page, or 204 with no body. */
	contentAnswer: 'file' | 'half' | 'page' | 'nothing';
	/** Whether responses with content name its file. */
	contentName: 'none' | 'plain' | 'extended';
	/** Whether SCIM offers groups: the console's option "Enable User Group Sync" (appspace-api.md 2.4). */
	groupSync: boolean;
	/** The largest page that SCIM returns, whatever the request asks for; null for no cap. */
	scimPageCap: number | null;
	/** SCIM ignores `startIndex` and returns the first page forever. */
	scimRepeatPages: boolean;
	/** How many requests the log keeps; it drops the oldest. */
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

/** Forms never seen from Appspace; frameworks and gateways on the way use them. */
export const REASON_BODIES = [
	...(['jsonString', 'detail', 'oauth', 'nested', 'errors'] as const),
	...(['v1', 'modelState', 'problem', 'validation'] as const),
];
export type ReasonBody = (typeof REASON_BODIES)[number];

/** The only placement in which the API key is accepted. */
export const API_KEY_PLACEMENTS: readonly ApiKeyPlacement[] = [
	{ kind: 'bearer' },
	{ kind: 'header', name: 'X-Api-Key' },
	{ kind: 'header', name: 'Authorization' },
	{ kind: 'query', name: 'apiKey' },
	{ kind: 'exchange' },
];

/** The initial settings. If the evidence allows several behaviors, the seed draws one. */
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
		floorFilters: 'honored',
		floorsShown: false,
		ownEvents: 'both',
		pageHole: 'none',
		bareArrays: drawn('bareArrays', [true, false]),
		largeNumbers: false,
		undocumentedReply: 'drawn',
		reservable: drawn('reservable', ['POST', 'GET', 'both']),
		eventRange: 'overlapping',
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

/** Whether a requested API path is the one meant. */
export function matchesPath(pattern: PathPattern, path: string): boolean {
	if (pattern instanceof RegExp) return new RegExp(pattern.source, 'i').test(path);
	const wanted = pattern.toLowerCase();
	const actual = path.toLowerCase();
	return actual === wanted || actual === `/api/v3/${wanted.replace(/^\//, '')}`;
}
