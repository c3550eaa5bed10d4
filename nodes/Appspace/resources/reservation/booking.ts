import type { IDataObject } from 'n8n-workflow';
import type { FullRange } from '../../fields/dateRange';
import { isSamePerson, samePersonIn, type Person } from '../../fields/people';
import { instant } from '../../runtime/instant';
import type { Call } from '../../runtime/operation';
import { isRefusal, catchStatus, type Refusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { spaceIdsIn } from '../event/bookedSpaces';
import { differingDetails, uncomparedDetails } from './bookingDetails';
import { holdersOf, taken } from './clash';

/** The parts of a booking that identify it. */
export interface Booking {
	spaceIds: string[];
	range: FullRange;
	title: string;
	organizer: Person;
	attendees: Person[];
	/** The additional fields of the item, except the organizer. */
	details: IDataObject;
}

/**
 * The request body for a booking, in the form that three independent clients send (appspace-api.md 5.5,
 * form A).
 *
 * @param more fields that do not identify the booking, such as notes and visitors
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
 * The reservation for exactly this booking, made by an earlier run of the workflow.
 *
 * Every workflow books as the same service user, so the user alone proves nothing: spaces, start, end,
 * organizer, attendees, and title must all be the same. So must the details that the reservation shows; a
 * hint names the others.
 *
 * @param refused the refusal that the booking got from Appspace
 * @throws RequestFailed naming the holder, and where the bookings differ
 */
export async function sameBooking(
	call: Call,
	booking: Booking,
	refused: Refusal,
): Promise<IDataObject> {
	const { same, holders, note } = await lookFor(call, booking);
	if (same) return same;
	throw taken(holders, refused, note);
}

/** Like `sameBooking` for a time that has already started; undefined if there is no such booking. */
export async function earlierBooking(
	call: Call,
	booking: Booking,
): Promise<IDataObject | undefined> {
	return (await lookFor(call, booking)).same;
}

/** How many conflicting bookings to compare. A slot with more of them cannot be an earlier booking. */
const MAX_HOLDERS = 20;

/** The events that occupy the slot, and the reservation that is this booking; otherwise `note` says why none is. */
async function lookFor(call: Call, booking: Booking) {
	const { spaceIds, range } = booking;
	const holders = await holdersOf(call, { spaceIds, ...range }).catch(() => []);
	let note = '';
	for (const event of holders.slice(0, MAX_HOLDERS)) {
		const reservation = await reservationOf(call, event);
		const differing = differences(booking, event, reservation);
		if (differing.length === 0) {
			hintAt(call, uncomparedDetails(booking.details, reservation));
			return { same: reservation, holders, note };
		}
		note ||= `It is not the booking of this item: it differs in ${differing.join(', ')}.`;
	}
	return { holders, note };
}

/** Names the parameters of the item that have no effect, because the booking existed already. */
function hintAt(call: Call, uncompared: string[]): void {
	if (uncompared.length === 0) return;
	call.hint(
		`A booking existed already and was not changed. These parameters of its item were neither compared nor written: ${uncompared.join(', ')}.`,
	);
}

/** The names of the parts in which the bookings differ. */
function differences(booking: Booking, event: IDataObject, reservation: IDataObject): string[] {
	const { spaceIds, range, title, organizer, attendees, details } = booking;
	const isSame = {
		spaces: isSameSet(spaceIdsIn(event), spaceIds),
		start: secondOf(event.startAt) === secondOf(range.startAt),
		end: secondOf(event.endAt) === secondOf(range.endAt),
		organizer: isSamePerson(organizerOf(reservation, event), organizer),
		attendees: haveSamePeople(reservation.attendees, attendees, organizer),
		title: String(reservation.title ?? event.title ?? '').trim() === title,
	};
	const labels = differingDetails(details, reservation).map((label) => label.toLowerCase());
	return [...Object.entries(isSame).flatMap(([name, same]) => (same ? [] : [name])), ...labels];
}

/** A time without fractions of a second, which a server may cut off. */
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

/** Whether the attendees are the same. Appspace may add the organizer; no other addition counts as the same. */
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

/** The reservation of an event, or the event itself if the reservation may not be read. */
async function reservationOf(call: Call, event: IDataObject): Promise<IDataObject> {
	const reservationPath = path`reservation/reservations/${String(event.reservationId)}`;
	const reservation = await catchStatus(call.record({ path: reservationPath }), 400, 403, 404);
	return isRefusal(reservation) ? event : reservation;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
