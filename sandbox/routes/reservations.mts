import { empty, json, Refusal } from '../answer.mts';
import type { Reservation } from '../data/bookings.mts';
import type { User } from '../data/people.mts';
import { isoTime } from '../data/times.mts';
import { listing } from '../listing.mts';
import { undocumentedReply } from '../undocumented.mts';
import {
	isObject,
	moment,
	objectBody,
	objects,
	requiredText,
	texts,
	timeZone,
	type JsonObject,
} from './bodies.mts';
import { checkFree, checkRange, type Range } from './bookingRules.mts';
import { reservationView } from './bookingViews.mts';
import type { Call, Endpoint, Schema } from './endpoint.mts';
import { byId } from './lookups.mts';

const CREATE: Schema = {
	title: 'NewReservation',
	type: 'object',
	properties: {
		resourceIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
		effectiveStartAt: { type: 'string', format: 'date-time' },
		effectiveEndAt: { type: 'string', format: 'date-time' },
		startTimeZone: { type: 'string' },
		endTimeZone: { type: 'string' },
		title: { type: 'string' },
		notes: { type: 'string' },
		organizer: { type: 'object' },
		attendees: { type: 'array', items: { type: 'object' } },
		visitors: { type: 'array', items: { type: 'object' } },
		visitPurpose: { type: 'string' },
		sensitivity: { type: 'string' },
		organizerAvailabilityType: { type: 'string' },
		isAllDay: { type: 'boolean' },
	},
};

export const reservationEndpoints: Endpoint[] = [
	{
		method: 'GET',
		path: 'reservation/reservations',
		summary: 'Lists the reservations',
		query: {
			startAt: 'date-time',
			endAt: 'date-time',
			resourceId: 'string',
			organizer: 'string',
		},
		paged: true,
		// No source shows that the filters work (appspace-api.md 5.5), so here they do not.
		handle: (call) =>
			listing(
				call,
				call.tenant.reservations.map((reservation) => reservationView(call, reservation)),
			),
	},
	{
		method: 'GET',
		path: 'reservation/reservations/:id',
		summary: 'Gets one reservation',
		handle: (call) => reservationView(call, reservationFor(call)),
	},
	{
		method: 'POST',
		path: 'reservation/reservations',
		summary: 'Books resources',
		body: CREATE,
		handle: book,
	},
	{
		method: 'PATCH',
		path: 'reservation/reservations/:id',
		summary: 'Changes a reservation',
		body: {
			type: 'object',
			properties: {
				title: { type: 'string' },
				startAt: { type: 'string', format: 'date-time' },
				endAt: { type: 'string', format: 'date-time' },
				notes: { type: 'string' },
			},
		},
		handle: change,
	},
	{
		method: 'DELETE',
		path: 'reservation/reservations/:id',
		summary: 'Deletes a reservation with its events',
		handle: (call) => {
			const { tenant } = call;
			const { id } = reservationFor(call);
			tenant.reservations = tenant.reservations.filter((other) => other.id !== id);
			tenant.events = tenant.events.filter((event) => event.reservationId !== id);
			return empty(204);
		},
	},
	{
		method: 'POST',
		path: 'reservation/locks/resources',
		summary: 'Locks resources briefly before booking them',
		body: {
			type: 'object',
			required: ['resourceIds', 'from', 'to'],
			properties: {
				resourceIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
				from: { type: 'string', format: 'date-time' },
				to: { type: 'string', format: 'date-time' },
			},
		},
		handle: lock,
	},
];

function reservationFor({ tenant, params }: Call): Reservation {
	return byId(tenant.reservations, params.id, 'The reservation');
}

/** Accepts both forms of the body, A with `resourceIds` and B with `resources` (appspace-api.md 5.5). */
function book(call: Call) {
	const { tenant, settings, random } = call;
	const body = objectBody(call.body);
	const resourceIds = body.resources
		? objects(body, 'resources').map((entry) => requiredText(entry, 'resourceId'))
		: texts(body, 'resourceIds');
	const range = rangeIn(body);
	checkRange(range, settings, Date.now());
	checkBookable(call, resourceIds);
	timeZone(body, 'endTimeZone');
	const attendees = body.attendees === undefined ? [] : objects(body, 'attendees');
	if (body.visitors !== undefined) objects(body, 'visitors');
	const startTimeZone = timeZone(body, 'startTimeZone') ?? 'UTC';
	const organizer = organizerOf(call, body);
	checkFree(tenant, resourceIds, range);

	const times = { startAt: isoTime(range.from), endAt: isoTime(range.to) };
	const title = textIn(body, 'title') ?? textIn(body, 'subject') ?? '';
	const reservation: Reservation = {
		id: random.guid(),
		title,
		...notesIn(body),
		...times,
		startTimeZone,
		status: 'Confirmed',
		isRecurring: false,
		isAllDay: body.isAllDay === true,
		organizer: { id: organizer.id, name: organizer.name },
		username: organizer.email,
		resourceIds,
		attendees,
	};
	const madeAt = isoTime(Date.now());
	tenant.reservations.push(reservation);
	tenant.events.push({
		id: random.guid(),
		reservationId: reservation.id,
		state: 'Pending',
		title,
		...times,
		createdAt: madeAt,
		updatedAt: madeAt,
		resourceIds,
	});
	return json(201, reservationView(call, reservation));
}

function change(call: Call) {
	const reservation = reservationFor(call);
	const body = objectBody(call.body);
	const from =
		body.startAt === undefined ? Date.parse(reservation.startAt) : moment(body, 'startAt');
	const to = body.endAt === undefined ? Date.parse(reservation.endAt) : moment(body, 'endAt');
	if (body.startAt !== undefined || body.endAt !== undefined) {
		checkRange({ from, to }, call.settings, Date.now());
		checkFree(call.tenant, reservation.resourceIds, { from, to }, reservation.id);
	}
	const title = textIn(body, 'title') ?? reservation.title;
	const times = { startAt: isoTime(from), endAt: isoTime(to) };
	Object.assign(reservation, { title, ...times, ...notesIn(body) });
	for (const event of call.tenant.events.filter((one) => one.reservationId === reservation.id)) {
		Object.assign(event, { title }, reservation.isRecurring ? {} : times);
	}
	return undocumentedReply(call, 'change reservation', reservationView(call, reservation));
}

function lock(call: Call) {
	const body = objectBody(call.body);
	const resourceIds = texts(body, 'resourceIds');
	checkBookable(call, resourceIds);
	const range = { from: moment(body, 'from'), to: moment(body, 'to') };
	checkRange(range, call.settings, Date.now());
	checkFree(call.tenant, resourceIds, range);
	const { from, to } = { from: isoTime(range.from), to: isoTime(range.to) };
	call.tenant.locks.push({ resourceIds, from, to });
	return empty(204);
}

function checkBookable({ tenant }: Call, resourceIds: readonly string[]): void {
	for (const id of resourceIds) {
		const { isReservable, name } = byId(tenant.resources, id, 'The resource');
		if (!isReservable) throw new Refusal(400, `${name} cannot be reserved.`);
	}
}

function rangeIn(body: JsonObject): Range {
	const name = (short: string, long: string) => (body[long] === undefined ? short : long);
	return {
		from: moment(body, name('startAt', 'effectiveStartAt')),
		to: moment(body, name('endAt', 'effectiveEndAt')),
	};
}

/** Who becomes the organizer with an application token is an open question, hence the setting. */
function organizerOf({ tenant, settings }: Call, { organizer }: JsonObject): User {
	if (!isObject(organizer) || settings.bookingOrganizer === 'serviceUser')
		return tenant.serviceUser;
	const found = tenant.users.find(({ id, email }) => {
		return id === organizer.id || email === organizer.username;
	});
	if (!found) throw new Refusal(400, 'The organizer is not a user.');
	return found;
}

/** Empty values are left out (appspace-api.md 3.2). */
function notesIn(body: JsonObject): { notes?: string } {
	const notes = textIn(body, 'notes');
	return notes === undefined ? {} : { notes: notes || undefined };
}

function textIn(body: JsonObject, name: string): string | undefined {
	const value = body[name];
	return typeof value === 'string' ? value : undefined;
}
