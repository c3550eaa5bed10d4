import { Refusal } from '../answer.mts';
import type { Resource } from '../data/spaces.mts';
import { listing } from '../listing.mts';
import { shown } from '../recordForms.mts';
import { undocumentedReply } from '../undocumented.mts';
import { moment, objectBody, texts } from './bodies.mts';
import { eventsOn, isListed, overlaps } from './bookingRules.mts';
import { eventView } from './bookingViews.mts';
import type { Call, Endpoint } from './endpoint.mts';
import { byId } from './lookups.mts';
import { reservableEndpoints } from './reservable.mts';
import { floorOf, networkOf } from './spacePlaces.mts';

export const resourceEndpoints: Endpoint[] = [
	{
		method: 'GET',
		path: 'reservation/resources',
		summary: 'Lists rooms, desks, floors, and other resources',
		query: {
			type: 'string',
			types: 'list',
			networkid: 'string',
			currentstatus: 'string',
			sort: 'string',
			includesourceobject: 'boolean',
		},
		paged: true,
		handle: listResources,
	},
	{
		method: 'GET',
		path: 'reservation/resources/:id',
		summary: 'Gets one resource',
		handle: (call) => shownResource(call, resourceOf(call)),
	},
	{
		method: 'GET',
		path: 'reservation/resources/:id/events',
		summary: 'Lists the events of a resource',
		query: { startAt: 'date-time', endAt: 'date-time', sort: 'string', page: 'integer' },
		paged: true,
		handle: (call) => {
			const { id } = resourceOf(call);
			const events = call.tenant.events.filter((event) => {
				return event.resourceIds.includes(id) && isListed(event, call);
			});
			if (call.query.sort) events.sort((one, other) => one.startAt.localeCompare(other.startAt));
			return listing(
				call,
				events.map((event) => eventView(call, event)),
			);
		},
	},
	{
		method: 'GET',
		path: 'reservation/resources/availability',
		summary: 'Gets the availability of resources',
		// The only source for this endpoint doubts that it works (appspace-api.md 4).
		handle: () => {
			throw new Refusal(400, 'The request is not valid.');
		},
	},
	...reservableEndpoints,
	{
		method: 'POST',
		path: 'reservation/useravailabilities',
		summary: 'Gets the availability of people',
		body: {
			type: 'object',
			required: ['attendees', 'startAt', 'endAt'],
			properties: {
				attendees: { type: 'array', items: { type: 'string' } },
				startAt: { type: 'string', format: 'date-time' },
				endAt: { type: 'string', format: 'date-time' },
			},
		},
		handle: (call) => {
			const body = objectBody(call.body);
			const attendees = texts(body, 'attendees');
			const range = { from: moment(body, 'startAt'), to: moment(body, 'endAt') };
			const taken = call.tenant.reservations.filter((reservation) => overlaps(reservation, range));
			const content = attendees.map((email) => ({
				email,
				events: taken
					.filter(({ username }) => username.toLowerCase() === email.toLowerCase())
					.map(({ startAt, endAt }) => ({ startAt, endAt })),
			}));
			return undocumentedReply(call, 'useravailabilities', content);
		},
	},
	{
		method: 'POST',
		path: 'reservation/schedules',
		summary: 'Gets the schedule of resources',
		body: {
			type: 'object',
			required: ['resourceIds', 'startAt', 'endAt'],
			properties: {
				resourceIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
				startAt: { type: 'string', format: 'date-time' },
				endAt: { type: 'string', format: 'date-time' },
			},
		},
		handle: (call) => {
			const body = objectBody(call.body);
			const range = { from: moment(body, 'startAt'), to: moment(body, 'endAt') };
			const content = texts(body, 'resourceIds').map((id) => ({
				resourceId: byId(call.tenant.resources, id, 'The resource').id,
				events: eventsOn(call.tenant, [id], range).map((event) => eventView(call, event)),
			}));
			return undocumentedReply(call, 'schedules', content);
		},
	},
];

/**
 * Filters by type and by network (such as a building), as the console does. Other parameters are unproven
 * and have no effect.
 */
function listResources(call: Call) {
	const { types, type, networkid, sort } = call.query;
	const wanted = (types ?? type)?.toLowerCase().split(',');
	const isFilterIgnored = call.settings.floorFilters === 'ignored';
	const found = call.tenant.resources.filter(
		(resource) =>
			(!wanted || wanted.includes(resource.type.toLowerCase())) &&
			(!networkid || isFilterIgnored || networkOf(resource, call.settings).networkId === networkid),
	);
	if (sort?.toLowerCase() === 'name') {
		found.sort((one, other) => one.name.localeCompare(other.name));
	}
	return listing(
		call,
		found.map((resource) => shownResource(call, resource)),
	);
}

function resourceOf({ tenant, params }: Call): Resource {
	return byId(tenant.resources, params.id, 'The resource');
}

function shownResource(call: Call, resource: Resource): object {
	const { id, name, type, subType, capacity, locationPath } = resource;
	const record = { id, name, type, subType, capacity, locationPath };
	return { ...shown(call, 'resource', record), ...floorOf(resource, call.settings) };
}
