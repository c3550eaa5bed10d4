import {
	CUSTOM_FIELDS,
	ERROR_BODIES,
	REASON_BODIES,
	UNDOCUMENTED_REPLIES,
	type ApiKeyPlacement,
	type Settings,
} from './settings.mts';

interface Rule {
	accepts: (value: unknown) => boolean;
	allowed: string;
}

const flag: Rule = { accepts: (value) => typeof value === 'boolean', allowed: 'true or false' };
const duration: Rule = {
	accepts: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
	allowed: 'a number, 0 or more',
};
const cap: Rule = {
	accepts: (value) => value === null || (Number.isInteger(value) && (value as number) > 0),
	allowed: 'a whole number above 0, or null',
};
const oneOf = (...choices: readonly unknown[]): Rule => ({
	accepts: (value) => choices.includes(value),
	allowed: `one of ${choices.join(', ')}`,
});

const rules: Record<keyof Settings, Rule> = {
	tokenLifetime: duration,
	expiresIn: oneOf('number', 'text', 'missing', 'nonsense'),
	jwtExpiry: flag,
	clockOffset: { accepts: (value) => Number.isFinite(value), allowed: 'a number of seconds' },
	rotation: oneOf('none', 'singleUse', 'newestOnly'),
	rotationLeeway: duration,
	expiredStatus: oneOf(401, 403),
	badCredentialsStatus: oneOf(401, 403),
	latency: duration,
	tokenLatency: duration,
	rateLimit: {
		accepts: (value) => value === null || hasAmounts(value, 'perSecond', 'depth'),
		allowed: 'an object with perSecond and depth above 0, or null',
	},
	workers: {
		accepts: (value) => value === null || hasAmounts(value, 'count', 'milliseconds'),
		allowed: 'an object with count and milliseconds above 0, or null',
	},
	size: oneOf('right', 'wrong', 'tooLarge', 'missing', 'text'),
	limitEcho: oneOf('right', 'asked', 'missing', 'text'),
	limitCap: cap,
	repeatPages: flag,
	fractions: oneOf('whereThere', 'always', 'never'),
	emptyFields: oneOf('absent', 'null'),
	repeatedSlashes: oneOf('accepted', 'refused'),
	servicesIndex: oneOf('script', 'json', 'links'),
	channelModes: oneOf('text', 'number'),
	spaceNetwork: oneOf('building', 'floor'),
	floorFilters: oneOf('honored', 'ignored'),
	floorsShown: flag,
	ownEvents: oneOf('both', 'nested'),
	pageHole: oneOf('none', 'nulls', 'empty'),
	bareArrays: flag,
	largeNumbers: flag,
	undocumentedReply: oneOf('drawn', ...UNDOCUMENTED_REPLIES),
	reservable: oneOf('POST', 'GET', 'both'),
	eventRange: oneOf('overlapping', 'within'),
	checkInWindow: duration,
	bookingHorizon: {
		accepts: (value) => value === null || duration.accepts(value),
		allowed: 'a number of days, or null',
	},
	bookingOrganizer: oneOf('asSent', 'serviceUser'),
	propertyKeyCase: oneOf('lower', 'kept'),
	screenCapture: oneOf('image', 'address'),
	errorBody: oneOf('mixed', ...ERROR_BODIES, ...REASON_BODIES),
	apiKeyPlacement: {
		accepts: isPlacement,
		allowed:
			'an object with kind bearer, header, query, or exchange, and a name for header and query',
	},
	forbiddenPaths: {
		accepts: (value) =>
			Array.isArray(value) &&
			value.every((entry) => typeof entry === 'string' || entry instanceof RegExp),
		allowed: 'a list of paths or regular expressions',
	},
	customFields: oneOf(...CUSTOM_FIELDS),
	contentAccess: oneOf('anonymous', 'token'),
	contentAnswer: oneOf('file', 'half', 'page', 'nothing'),
	contentName: oneOf('none', 'plain', 'extended'),
	groupSync: flag,
	scimPageCap: cap,
	scimRepeatPages: flag,
	loggedRequests: duration,
	loggedLoad: duration,
};

/** The allowed values of a setting, in words. */
export function whatItMayBe(setting: keyof Settings): string {
	return rules[setting].allowed;
}

/** The settings after a change. Throws an Error that names the setting and its allowed values. */
export function changedSettings(current: Settings, change: Partial<Settings>): Settings {
	const given = Object.entries(change).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		const rule = Object.hasOwn(rules, name) ? rules[name as keyof Settings] : undefined;
		if (!rule) {
			throw new Error(
				`There is no setting "${name}". There are: ${Object.keys(rules).join(', ')}.`,
			);
		}
		if (!rule.accepts(value)) throw new Error(`The setting "${name}" must be ${rule.allowed}.`);
	}
	return { ...current, ...Object.fromEntries(given) };
}

function hasAmounts(value: unknown, ...names: string[]): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const amounts = value as Record<string, unknown>;
	return names.every((name) => typeof amounts[name] === 'number' && Number(amounts[name]) > 0);
}

function isPlacement(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const { kind, name } = value as Partial<ApiKeyPlacement>;
	if (kind === 'header' || kind === 'query') return typeof name === 'string' && name !== '';
	return kind === 'bearer' || kind === 'exchange';
}
