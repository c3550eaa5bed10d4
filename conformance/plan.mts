import type { Operation, Resource } from '../nodes/Appspace/runtime/operation.ts';
import { locators } from '../test/support/appspaceNode.mts';
import { ADD_ITS_ROW, isKnownEndpoint } from '../test/support/dossier.mts';
import type { Found, FoundName } from './found.mts';
import { safe, type SafeText } from './redaction.mts';

export interface Subject {
	resource: Resource;
	operation: Operation;
	/** `channel.get` */
	name: string;
}

type Parameters = Record<string, unknown>;

/** Parameters for the runs of an operation, or why it is not tried (yet). */
export type Step = { runs: Parameters[] } | { missing: SafeText } | { never: SafeText };

/** The largest file to download, in bytes. */
const SMALL_FILE = 5_000_000;
const DAY = 24 * 60 * 60 * 1000;

/** IDs that an operation may need, by parameter name. */
const IDS: readonly FoundName[] = [
	...(['channelId', 'contentId', 'cardTemplateId', 'postId', 'deviceId', 'eventId'] as const),
	...(['reservationId', 'spaceId', 'visitorId', 'userId', 'userGroupId'] as const),
];

const day = (offset: number) => new Date(Date.now() + offset * DAY).toISOString();
/** An hour of tomorrow. */
const soon = () => ({ startAt: day(1), endAt: day(1 + 1 / 24) });
/** Long enough for some events, but not the whole past of a tenant. */
const around = () => ({ filters: { startAt: day(-30), endAt: day(30) } });

type Planned = (found: Found) => Array<Parameters | undefined>;

/** Operations that need more than one ID of the same name; undefined if a response is missing. */
const PLANS: Record<string, Planned> = {
	'channel.getPlaylistSources': (found) =>
		found.all('sourcedId').map((channelId) => ({ channelId })),
	'channel.getPublishTargets': (found) =>
		found.all('channelId').map((channelId) => ({ channelId })),
	'content.get': (found) => found.all('contentId').map((contentId) => ({ contentId })),
	'content.download': (found) => [using('contentId', found.smallContent(SMALL_FILE))],
	'content.getCardModel': (found) => [using('contentId', found.first('cardId'))],
	'deviceProperty.getAll': (found) => [
		using('deviceId', found.first('deviceId')),
		using('locationId', found.first('locationId')),
	],
	'device.getStatuses': (found) => [{ deviceIds: locators(...found.all('deviceId')) }],
	'event.getAll': () => [around()],
	'event.getMine': () => [around()],
	'space.findAvailable': () => [soon()],
	'space.getEvents': (found) => [using('spaceId', found.first('spaceId'), around())],
	'space.getSchedule': (found) => [usingList('spaceIds', found.first('spaceId'), soon())],
	'space.checkPeopleAvailability': (found) => [
		usingList('attendees', found.first('userId'), soon()),
	],
	'user.getByEmail': (found) => [using('email', found.first('email'))],
};

function using(name: string, value: string | undefined, more: Parameters = {}) {
	return value === undefined ? undefined : { [name]: value, ...more };
}

function usingList(name: string, value: string | undefined, more: Parameters) {
	return value === undefined ? undefined : { [name]: locators(value), ...more };
}

/** Pages small enough to be gentle and numerous enough to test paging. */
const PAGING = { returnAll: false, limit: 25 };

/**
 * What to do about an operation, based on the values found so far.
 * @throws Error if it uses an endpoint that is not in the API notes
 */
export function stepFor({ name, operation }: Subject, found: Found): Step {
	const never = reasonNever(name, operation);
	if (never) return { never };
	const runs = (PLANS[name] ?? byItsIds(operation))(found);
	const ready = runs.filter((run) => run !== undefined);
	if (ready.length === 0) {
		return { missing: safe`no earlier response contained a record to try it on` };
	}
	const options = operation.isList ? { ...PAGING, options: { pageSize: 10 } } : {};
	return { runs: ready.map((run) => ({ ...options, ...run })) };
}

function byItsIds({ fields = [] }: Operation): Planned {
	const asked = fields.filter(({ required }) => required).map(({ name }) => name);
	const ids = asked.filter((name): name is FoundName => IDS.includes(name as FoundName));
	return (found) => {
		const values = ids.map((name) => [name, found.first(name)] as const);
		return [values.every(([, value]) => value) ? Object.fromEntries(values) : undefined];
	};
}

function reasonNever(
	name: string,
	{ effect, endpoints, fields = [] }: Operation,
): SafeText | undefined {
	if (effect !== 'read') return safe`it changes something`;
	const paths = endpoints.map((endpoint) => endpoint.replace(/^\w+ /, ''));
	if (paths.some((path) => /^\/?identity\//.test(path))) {
		return safe`it uses another part of Appspace, with a separate credential`;
	}
	if (paths.length === 0 || paths.some((path) => path.startsWith('{service}'))) {
		return safe`the user chooses its endpoint`;
	}
	const unknown = endpoints.find((endpoint) => !isKnownEndpoint(endpoint));
	if (unknown !== undefined) {
		throw new Error(`${name} uses "${unknown}", which is not in the API notes: ${ADD_ITS_ROW}.`);
	}
	const required = fields.filter((field) => field.required && isEmpty(field.default));
	const isKnown = ({ name }: { name: string }) => IDS.includes(name as FoundName);
	if (PLANS[name] || required.every(isKnown)) return undefined;
	return safe`the check does not know its parameters yet`;
}

function isEmpty(value: unknown): boolean {
	return value === '' || value === undefined || typeof value === 'object';
}
