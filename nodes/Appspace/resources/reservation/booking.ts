import type { IDataObject } from 'n8n-workflow';
import type { FullRange } from '../../fields/dateRange';
import { isSamePerson, samePersonIn, type Person } from '../../fields/people';
import { instant } from '../../runtime/instant';
import type { Call } from '../../runtime/operation';
import { isRefusal, catchStatus, type Refusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { spaceIdsIn } from '../event/bookedSpaces';
import { holdersOf, taken } from './clash';

/** What makes a booking the same booking. */
export interface Booking {
	spaceIds: string[];
	range: FullRange;
	title: string;
	organizer: Person;
	attendees: Person[];
}

/**
 * A booking as it is sent: the form of three independent clients (appspace-api.md 5.5, form A).
 *
 * @param more what does not tell bookings apart: notes, visitors, ...
 */
export function bookingBody(booking: Booking, more: IDataObject): IDataObject {
	const { spaceIds, range, title, organizer, attendees } = booking;
	return {
		resourceIds: spaceIds,
		effectiveStartAt: range.startAt,
		effectiveEndAt: range.endAt,
		startTimeZone: range.zone,
		endTimeZone: range.zone,
		title,
		organizer: { id: organizer.id, name: organizer.name },
		attendees: attendees.map(({ id, email, name }) => ({
			...{ displayName: name, email, resourceIds: spaceIds, attendanceType: 'InPerson' },
			...(id !== undefined && { userId: id, id }),
		})),
		...{ sensitivity: 'Public', organizerAvailabilityType: 'Busy', isAllDay: false },
		...more,
	};
}

/**
 * The reservation that already holds exactly this booking, made by an earlier run of the workflow.
 *
 * The API token acts as one service user for everybody, so that a booking is "ours" proves nothing:
 * spaces, start, end, organizer, attendees and title all have to be the same.
 *
 * @param refused what Appspace said to the booking
 * @throws RequestFailed that names the holder, and in what the bookings differ
 */
export async function sameBooking(
	call: Call,
	booking: Booking,
	refused: Refusal,
): Promise<IDataObject> {
	const { own, holders, note } = await lookFor(call, booking);
	if (own) return own;
	throw taken(holders, refused, note);
}

/** The same for a booking that cannot be made any more, as its time has begun: undefined where there is none. */
export async function earlierBooking(
	call: Call,
	booking: Booking,
): Promise<IDataObject | undefined> {
	return (await lookFor(call, booking)).own;
}

/** Bookings in the way that are looked at: a slot that more of them share is none that was booked before. */
const MOST_HOLDERS = 20;

/** Who holds the spaces then, and the reservation among them that is this booking; `note` if none is. */
async function lookFor(call: Call, booking: Booking) {
	const { spaceIds, range } = booking;
	const holders = await holdersOf(call, { spaceIds, ...range }).catch(() => []);
	let note = '';
	for (const event of holders.slice(0, MOST_HOLDERS)) {
		const reservation = await reservationOf(call, event);
		const differing = differences(booking, event, reservation);
		if (differing.length === 0) return { own: reservation, holders, note };
		note ||= `It is not the booking of this item, it differs in: ${differing.join(', ')}.`;
	}
	return { holders, note };
}

/** Which of the six are not the same, as words. */
function differences(booking: Booking, event: IDataObject, reservation: IDataObject): string[] {
	const { spaceIds, range, title, organizer, attendees } = booking;
	const isSame = {
		spaces: isSameSet(spaceIdsIn(event), spaceIds),
		start: secondOf(event.startAt) === secondOf(range.startAt),
		end: secondOf(event.endAt) === secondOf(range.endAt),
		organizer: isSamePerson(organizerOf(reservation, event), organizer),
		attendees: haveSamePeople(reservation.attendees, attendees, organizer),
		title: String(reservation.title ?? event.title ?? '').trim() === title,
	};
	return Object.entries(isSame).flatMap(([name, same]) => (same ? [] : [name]));
}

/** A time without its fraction of a second, which a server may cut. */
function secondOf(at: unknown): string | undefined {
	return instant(at, 'UTC')?.slice(0, -'.000Z'.length);
}

function isSameSet(left: string[], right: string[]): boolean {
	const [one, other] = [left, right].map((ids) => new Set(ids.map((id) => id.toLowerCase())));
	return one?.size === other?.size && [...(one ?? [])].every((id) => other?.has(id));
}

function organizerOf(reservation: IDataObject, event: IDataObject): Partial<Person> {
	const { id, email, username } = (reservation.organizer ?? event.organizer ?? {}) as IDataObject;
	const provider = event.provider as { organizer?: IDataObject } | null | undefined;
	const address = email ?? username ?? provider?.organizer?.username;
	return { id: textOf(id), email: textOf(address) };
}

/** The organizer may have been put among the attendees by Appspace, and by nobody else. */
function haveSamePeople(stored: unknown, wanted: Person[], organizer: Person): boolean {
	if (!Array.isArray(stored)) return false;
	const present = (stored as IDataObject[]).map(({ userId, email, username }) => ({
		id: textOf(userId),
		email: textOf(email ?? username),
	}));
	const isPresent = samePersonIn(present);
	const isWanted = samePersonIn([...wanted, organizer]);
	return wanted.every(isPresent) && present.every(isWanted);
}

/** The reservation behind an event. Without the right to see it nothing is known but the event. */
async function reservationOf(call: Call, event: IDataObject): Promise<IDataObject> {
	const reservationPath = path`reservation/reservations/${String(event.reservationId)}`;
	const reservation = await catchStatus(call.record({ path: reservationPath }), 400, 403, 404);
	return isRefusal(reservation) ? event : reservation;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
