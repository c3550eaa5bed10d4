import { Refusal } from '../answer.mts';
import { RESOURCE_TYPES, type Resource } from '../data/spaces.mts';
import { listing, numberedPage } from '../listing.mts';
import { shown } from '../recordForms.mts';
import { moment, objectBody, texts, type JsonObject } from './bodies.mts';
import { eventsOn, statusOf, type Range } from './bookingRules.mts';
import type { Call, Endpoint } from './endpoint.mts';
import { floorOf, networkOf } from './spacePlaces.mts';

const STATUSES = ['available', 'unavailable', 'checkin'] as const;
const PATH = 'reservation/resources/reservable';

/** One source sends POST, the other GET; a setting decides which verbs exist (appspace-api.md 5.5). */
export const reservableEndpoints: Endpoint[] = [
	{
		method: 'POST',
		path: PATH,
		summary: 'Finds resources that can be booked',
		when: ({ reservable }) => reservable !== 'GET',
		body: {
			type: 'object',
			required: ['startAt', 'endAt'],
			properties: {
				startAt: { type: 'string', format: 'date-time' },
				endAt: { type: 'string', format: 'date-time' },
				types: { type: 'array', items: { type: 'string', enum: RESOURCE_TYPES } },
				reservableStatus: { type: 'array', items: { type: 'string', enum: STATUSES } },
				isReservable: { type: 'array', items: { type: 'string', enum: ['true', 'false'] } },
				includeSourceObject: { type: 'string', enum: ['true', 'false'] },
				minCapacity: { type: 'integer' },
				floorIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
				locationId: { type: 'string', format: 'uuid' },
				limit: { type: 'integer' },
				page: { type: 'integer' },
			},
		},
		handle: searchByBody,
	},
	{
		method: 'GET',
		path: PATH,
		summary: 'Lists resources that can be booked',
		when: ({ reservable }) => reservable !== 'POST',
		query: { resourceType: 'string', buildingId: 'string' },
		paged: true,
		handle: searchByQuery,
	},
];

function searchByBody(call: Call) {
	const body = objectBody(call.body);
	const range = { from: moment(body, 'startAt'), to: moment(body, 'endAt') };
	const types = words(body, 'types', RESOURCE_TYPES);
	const statuses = words(body, 'reservableStatus', STATUSES);
	const reservable = words(body, 'isReservable', ['true', 'false']);
	const isFilterIgnored = call.settings.floorFilters === 'ignored';
	const floorIds = body.floorIds === undefined ? undefined : texts(body, 'floorIds');
	const { minCapacity, locationId } = body;
	if (minCapacity !== undefined && typeof minCapacity !== 'number') {
		throw new Refusal(400, 'The field minCapacity must be a number.');
	}
	const found = candidates(call, range).filter(
		({ resource, reservableStatus }) =>
			(!types || types.includes(resource.type)) &&
			(!statuses || statuses.includes(reservableStatus.toLowerCase())) &&
			(!reservable || reservable.includes(String(resource.isReservable))) &&
			(!floorIds || isFilterIgnored || floorIds.includes(resource.floorId)) &&
			(typeof locationId !== 'string' || isWithin(resource, locationId)) &&
			(minCapacity === undefined || (resource.capacity ?? 0) >= minCapacity),
	);
	return numberedPage(
		call,
		body,
		found.map(({ item }) => item),
	);
}

/** Without a time, finds what is free now. */
function searchByQuery(call: Call) {
	const { resourcetype, buildingid } = call.query;
	const now = Date.now();
	const found = candidates(call, { from: now, to: now + 1 }).filter(
		({ resource }) =>
			resource.isReservable &&
			(!resourcetype || resource.type.toLowerCase() === resourcetype.toLowerCase()) &&
			(!buildingid || isWithin(resource, buildingid)),
	);
	return listing(
		call,
		found.map(({ item }) => item),
	);
}

function candidates(call: Call, range: Range) {
	return call.tenant.resources
		.filter(({ type }) => type !== 'floor')
		.map((resource) => {
			const { id, name, type, subType, capacity, isReservable } = resource;
			const reservableStatus = availability(call, resource, range);
			const record = {
				...{ id, name, type, subType, ...networkOf(resource, call.settings), capacity },
				...{ isReservable, reservableStatus, ...floorOf(resource, call.settings) },
			};
			return { resource, reservableStatus, item: shown(call, 'resource', record) };
		});
}

function availability(call: Call, { id }: Resource, range: Range) {
	const [taken] = eventsOn(call.tenant, [id], range);
	if (!taken) return 'Available';
	return statusOf(taken, call.settings, Date.now()) === 'Checkin' ? 'Checkin' : 'Unavailable';
}

/** In that building or on that floor. */
function isWithin({ networkId, floorId }: Resource, locationId: string): boolean {
	return networkId === locationId || floorId === locationId;
}

function words(body: JsonObject, name: string, known: readonly string[]): string[] | undefined {
	if (body[name] === undefined) return undefined;
	const given = texts(body, name);
	if (given.every((entry) => known.includes(entry))) return given;
	throw new Refusal(400, `The value of ${name} is not valid.`);
}
