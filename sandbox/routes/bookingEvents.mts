import { empty, Refusal } from '../answer.mts';
import type { BookingEvent } from '../data/bookings.mts';
import { isoTime } from '../data/times.mts';
import { listing } from '../listing.mts';
import { undocumentedReply } from '../undocumented.mts';
import { isObject, moment, objectBody, requiredText, texts } from './bodies.mts';
import {
	checkFree,
	checkRange,
	isCheckInOpen,
	isLive,
	isListed,
	reservationOf,
	statusOf,
} from './bookingRules.mts';
import { eventView, ownEventView } from './bookingViews.mts';
import type { Call, Endpoint } from './endpoint.mts';
import { byId } from './lookups.mts';

const LIST_QUERY = {
	startAt: 'date-time',
	endAt: 'date-time',
	sort: 'string',
	page: 'integer',
	includesourceobject: 'boolean',
} as const;

/** An endpoint that changes one event and responds in a form that is not public. */
function act(
	verb: string,
	summary: string,
	effect: (call: Call, event: BookingEvent) => void,
	body?: Endpoint['body'],
): Endpoint {
	return {
		method: 'POST',
		path: `reservation/events/:id/${verb}`,
		summary,
		body,
		handle: (call) => {
			const event = eventOf(call);
			effect(call, event);
			event.updatedAt = isoTime(Date.now());
			return undocumentedReply(call, `event ${verb}`, eventView(call, event));
		},
	};
}

export const eventEndpoints: Endpoint[] = [
	{
		method: 'GET',
		path: 'reservation/events',
		summary: 'Lists the events',
		query: { ...LIST_QUERY, resourceids: 'list', resourceId: 'string' },
		paged: true,
		handle: (call) => {
			const { resourceids, resourceid } = call.query;
			const wanted = (resourceids ?? resourceid)?.split(',').map((id) => id.trim());
			const events = listed(call).filter(({ resourceIds }) => {
				return !wanted || resourceIds.some((id) => wanted.includes(id));
			});
			return listing(
				call,
				events.map((event) => eventView(call, event)),
			);
		},
	},
	{
		method: 'GET',
		path: 'reservation/users/me/events',
		summary: 'Lists the events of the acting user',
		query: { ...LIST_QUERY, status: 'string', pagecount: 'integer' },
		paged: true,
		handle: (call) => {
			const wanted = call.query.status?.split(',').map((status) => status.trim().toLowerCase());
			const mine = listed(call).filter((event) => {
				const { organizer } = reservationOf(call.tenant, event);
				const status = statusOf(event, call.settings, Date.now());
				return (
					organizer.id === call.tenant.serviceUser.id &&
					(!wanted || wanted.includes(status.toLowerCase()))
				);
			});
			const withSource = call.query.includesourceobject?.toLowerCase() === 'true';
			return listing(
				call,
				mine.map((event) => ownEventView(call, event, withSource)),
			);
		},
	},
	{
		method: 'GET',
		path: 'reservation/events/:id',
		summary: 'Gets one event',
		handle: (call) => eventView(call, eventOf(call)),
	},
	{
		method: 'PATCH',
		path: 'reservation/events/:id',
		summary: 'Moves an event',
		handle: move,
	},
	{
		method: 'DELETE',
		path: 'reservation/events/:id',
		summary: 'Cancels an event',
		handle: (call) => {
			eventOf(call).state = 'Cancelled';
			return empty(204);
		},
	},
	{
		method: 'POST',
		path: 'reservation/events/:id/checkin',
		summary: 'Checks in to an event',
		body: {
			type: 'object',
			properties: { resourceIds: { type: 'array', items: { type: 'string', format: 'uuid' } } },
		},
		handle: checkIn,
	},
	act('checkout', 'Checks out of an event', (_call, event) => finish(event)),
	act('end', 'Ends an event now', (_call, event) => finish(event)),
	act('release', 'Releases the resources of an event', (_call, event) => {
		mustBeLive(event);
		event.state = 'Released';
	}),
	act(
		'cancel',
		'Cancels an event',
		(_call, event) => {
			mustBeLive(event);
			event.state = 'Cancelled';
		},
		{ type: 'object', properties: { reason: { type: 'string' } } },
	),
	act('extend', 'Extends an event', extend, {
		type: 'object',
		required: ['endAt'],
		properties: { endAt: { type: 'string', format: 'date-time' } },
	}),
];

function eventOf({ tenant, params }: Call): BookingEvent {
	return byId(tenant.events, params.id, 'The event');
}

/** Events in the requested range, in order of their start if requested. */
function listed(call: Call): BookingEvent[] {
	const events = call.tenant.events.filter((event) => isListed(event, call));
	if (call.query.sort?.toLowerCase() !== 'startat') return events;
	return events.sort((one, other) => one.startAt.localeCompare(other.startAt));
}

/** 202, and only within the tenant's window (appspace-api.md 5.5). S2 sends no body; the others do. */
function checkIn(call: Call) {
	const event = eventOf(call);
	if (call.body !== undefined) {
		const body = objectBody(call.body);
		const strange = body.resourceIds !== undefined && texts(body, 'resourceIds');
		if (strange && strange.some((id) => !event.resourceIds.includes(id))) {
			throw new Refusal(400, 'The resources are not those of the event.');
		}
	}
	mustBeLive(event);
	if (event.state === 'Pending' && !isCheckInOpen(event, call.settings, Date.now())) {
		throw new Refusal(400, 'The event cannot be checked in to at this time.');
	}
	event.state = 'Active';
	return empty(202);
}

/** Accepts both bodies that were seen: S6 `startAt` …, S7 `effectiveStartAt` … (appspace-api.md 5.5). */
function move(call: Call) {
	const event = eventOf(call);
	mustBeLive(event);
	const body = objectBody(call.body);
	const either = (name: string, other: string, current: string) => {
		const sent = [name, other].find((candidate) => body[candidate] !== undefined);
		return sent ? moment(body, sent) : Date.parse(current);
	};
	const range = {
		from: either('startAt', 'effectiveStartAt', event.startAt),
		to: either('endAt', 'effectiveEndAt', event.endAt),
	};
	const resourceIds =
		body.resourceIds === undefined ? event.resourceIds : texts(body, 'resourceIds');
	for (const id of resourceIds) byId(call.tenant.resources, id, 'The resource');
	checkRange(range, call.settings, Date.now());
	checkFree(call.tenant, resourceIds, range, event.reservationId);

	const [startAt, endAt] = [isoTime(range.from), isoTime(range.to)];
	const title = body.subject === undefined ? event.title : requiredText(body, 'subject');
	Object.assign(event, { startAt, endAt, title, resourceIds, updatedAt: isoTime(Date.now()) });
	const reservation = reservationOf(call.tenant, event);
	if (!reservation.isRecurring) Object.assign(reservation, { startAt, endAt, title, resourceIds });
	if (Array.isArray(body.attendees)) reservation.attendees = body.attendees.filter(isObject);
	return undocumentedReply(call, 'move event', eventView(call, event));
}

function extend(call: Call, event: BookingEvent): void {
	mustBeLive(event);
	const to = moment(objectBody(call.body), 'endAt');
	const from = Date.parse(event.endAt);
	if (to <= from) throw new Refusal(400, 'The new end must be after the present one.');
	checkFree(call.tenant, event.resourceIds, { from, to }, event.reservationId);
	event.endAt = isoTime(to);
}

function finish(event: BookingEvent): void {
	mustBeLive(event);
	const now = Date.now();
	if (Date.parse(event.startAt) > now && event.state !== 'Active') {
		throw new Refusal(400, 'The event has not started.');
	}
	event.state = 'Completed';
	// Otherwise, an event that was checked in to early would end before it starts.
	event.endAt = isoTime(Math.max(now, Date.parse(event.startAt)));
}

function mustBeLive(event: BookingEvent): void {
	if (isLive(event) && Date.parse(event.endAt) > Date.now()) return;
	throw new Refusal(400, 'The event is over or was cancelled.');
}
