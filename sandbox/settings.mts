import type { Random } from './data/random.mts';

/** Where the tenant accepts its API key. How the real service does is not public (appspace-api.md 2.3). */
export interface ApiKeyPlacement {
	kind: 'bearer' | 'header' | 'query' | 'exchange';
	/** The header or query name; not used by the other kinds. */
	name?: string;
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
	/** What listings say in `size`; `wrong` is the length of the page. `/devices` never says the total. */
	size: 'right' | 'wrong' | 'tooLarge' | 'missing' | 'text';
	/** Whether listings say which limit they applied. */
	limitEcho: 'right' | 'missing';
	/** The largest page the server gives, whatever was asked for; null for no cap. */
	limitCap: number | null;
	/** Listings ignore `start` and give the first page for ever. */
	repeatPages: boolean;
	/** Whether publish targets come as a bare array or as `{ items }`. */
	bareArrays: boolean;
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
	errorBody: ErrorBody | 'mixed';
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
	/** Whether SCIM offers groups: the console's option "Enable User Group Sync" (appspace-api.md 2.4). */
	groupSync: boolean;
	/** The largest page that SCIM gives, whatever was asked for; null for no cap. */
	scimPageCap: number | null;
	/** How many requests are remembered; the oldest are forgotten. */
	loggedRequests: number;
}

export const CUSTOM_FIELDS = ['list', 'capitals', 'object', 'text', 'missing'] as const;
export type CustomFields = (typeof CUSTOM_FIELDS)[number];

export const UNDOCUMENTED_REPLIES = ['object', 'array', 'items', 'text', 'empty'] as const;
export type UndocumentedReply = (typeof UNDOCUMENTED_REPLIES)[number];

export const ERROR_BODIES = ['message', 'title', 'empty', 'text', 'html'] as const;
export type ErrorBody = (typeof ERROR_BODIES)[number];

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
		size: 'right',
		limitEcho: 'right',
		limitCap: null,
		repeatPages: false,
		bareArrays: drawn('bareArrays', [true, false]),
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
		groupSync: true,
		scimPageCap: null,
		loggedRequests: 100_000,
	};
}

interface Rule {
	accepts: (value: unknown) => boolean;
	says: string;
}

const flag: Rule = { accepts: (value) => typeof value === 'boolean', says: 'true or false' };
const duration: Rule = {
	accepts: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
	says: 'a number, 0 or more',
};
const cap: Rule = {
	accepts: (value) => value === null || (Number.isInteger(value) && (value as number) > 0),
	says: 'a whole number above 0, or null',
};
const oneOf = (...choices: readonly unknown[]): Rule => ({
	accepts: (value) => choices.includes(value),
	says: `one of ${choices.join(', ')}`,
});

const rules: Record<keyof Settings, Rule> = {
	tokenLifetime: duration,
	expiresIn: oneOf('number', 'text', 'missing', 'nonsense'),
	jwtExpiry: flag,
	clockOffset: { accepts: (value) => Number.isFinite(value), says: 'a number of seconds' },
	rotation: oneOf('none', 'singleUse', 'newestOnly'),
	rotationLeeway: duration,
	expiredStatus: oneOf(401, 403),
	badCredentialsStatus: oneOf(401, 403),
	latency: duration,
	tokenLatency: duration,
	size: oneOf('right', 'wrong', 'tooLarge', 'missing', 'text'),
	limitEcho: oneOf('right', 'missing'),
	limitCap: cap,
	repeatPages: flag,
	bareArrays: flag,
	undocumentedReply: oneOf('drawn', ...UNDOCUMENTED_REPLIES),
	reservable: oneOf('POST', 'GET', 'both'),
	checkInWindow: duration,
	bookingHorizon: {
		accepts: (value) => value === null || duration.accepts(value),
		says: 'a number of days, or null',
	},
	bookingOrganizer: oneOf('asSent', 'serviceUser'),
	propertyKeyCase: oneOf('lower', 'kept'),
	screenCapture: oneOf('image', 'address'),
	errorBody: oneOf('mixed', ...ERROR_BODIES),
	apiKeyPlacement: {
		accepts: isPlacement,
		says: 'an object with kind bearer, header, query or exchange, and a name for header and query',
	},
	forbiddenPaths: {
		accepts: (value) =>
			Array.isArray(value) &&
			value.every((entry) => typeof entry === 'string' || entry instanceof RegExp),
		says: 'a list of paths or patterns',
	},
	customFields: oneOf(...CUSTOM_FIELDS),
	contentAccess: oneOf('anonymous', 'token'),
	groupSync: flag,
	scimPageCap: cap,
	loggedRequests: duration,
};

/** What a setting may be, in words. */
export function whatItMayBe(setting: keyof Settings): string {
	return rules[setting].says;
}

/** The settings after a change. Throws an Error that names the setting and what it may be. */
export function changedSettings(current: Settings, change: Partial<Settings>): Settings {
	const given = Object.entries(change).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		const rule = Object.hasOwn(rules, name) ? rules[name as keyof Settings] : undefined;
		if (!rule) {
			throw new Error(
				`There is no setting "${name}". There are: ${Object.keys(rules).join(', ')}.`,
			);
		}
		if (!rule.accepts(value)) throw new Error(`The setting "${name}" must be ${rule.says}.`);
	}
	return { ...current, ...Object.fromEntries(given) };
}

/** Whether a path of the API, as requested, is the one meant. */
export function matchesPath(pattern: PathPattern, path: string): boolean {
	if (pattern instanceof RegExp) return new RegExp(pattern.source, 'i').test(path);
	const wanted = pattern.toLowerCase();
	const actual = path.toLowerCase();
	return actual === wanted || actual === `/api/v3/${wanted.replace(/^\//, '')}`;
}

function isPlacement(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const { kind, name } = value as Partial<ApiKeyPlacement>;
	if (kind === 'header' || kind === 'query') return typeof name === 'string' && name !== '';
	return kind === 'bearer' || kind === 'exchange';
}
