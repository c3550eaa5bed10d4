import { Refusal } from '../answer.mts';
import type { BookingEvent, Reservation } from '../data/bookings.mts';
import type { Settings } from '../settings.mts';
import type { Tenant } from '../tenant.mts';
import { parsedMoment } from './bodies.mts';
import type { Call } from './endpoint.mts';

const MINUTE = 60 * 1000;

/** Start included, end excluded; milliseconds since the epoch. */
export interface Range {
	from: number;
	to: number;
}

/** The range that `startAt` and `endAt` of a query ask for; open if one is missing. */
function rangeOf(query: Record<string, string>): Range {
	return {
		from: query.startat ? parsedMoment(query.startat, 'startAt') : -Infinity,
		to: query.endat ? parsedMoment(query.endat, 'endAt') : Infinity,
	};
}

export function overlaps(dated: { startAt: string; endAt: string }, { from, to }: Range): boolean {
	return Date.parse(dated.startAt) < to && Date.parse(dated.endAt) > from;
}

/** Whether a list for this range contains something; no source says what its ends mean (setting `eventRange`). */
export function isListed(
	dated: { startAt: string; endAt: string },
	{ query, settings }: Pick<Call, 'query' | 'settings'>,
): boolean {
	const range = rangeOf(query);
	if (settings.eventRange === 'overlapping') return overlaps(dated, range);
	return Date.parse(dated.startAt) >= range.from && Date.parse(dated.endAt) <= range.to;
}

/** Whether an event occupies its resources: released, canceled, and completed ones do not. */
export function isLive({ state }: BookingEvent): boolean {
	return state === 'Pending' || state === 'Active';
}

/**
 * The status in responses. The words were seen (appspace-api.md 5.5), with Active for checked-in events.
 * The other meanings are our interpretation: Checkin while the check-in window is open, Completed after
 * the end.
 */
export function statusOf(event: BookingEvent, settings: Settings, now: number): string {
	if (!isLive(event)) return event.state;
	if (Date.parse(event.endAt) <= now) return 'Completed';
	if (event.state === 'Pending' && isCheckInOpen(event, settings, now)) return 'Checkin';
	return event.state;
}

export function isCheckInOpen(event: BookingEvent, settings: Settings, now: number): boolean {
	return Math.abs(Date.parse(event.startAt) - now) <= settings.checkInWindow * MINUTE;
}

/** Live events that occupy one of the resources in the range. */
export function eventsOn(
	tenant: Tenant,
	resourceIds: readonly string[],
	range: Range,
): BookingEvent[] {
	return tenant.events.filter(
		(event) =>
			isLive(event) &&
			overlaps(event, range) &&
			event.resourceIds.some((id) => resourceIds.includes(id)),
	);
}

/**
 * Refuses with 409 if a resource is taken in that range. The message names the holder, who may be the
 * caller (appspace-api.md 3.4).
 * @param except a reservation whose own events do not count
 */
export function checkFree(
	tenant: Tenant,
	resourceIds: readonly string[],
	range: Range,
	except?: string,
): void {
	const clash = eventsOn(tenant, resourceIds, range).find(
		(event) => event.reservationId !== except,
	);
	if (!clash) return;
	const taken = tenant.resources.find(({ id }) => {
		return resourceIds.includes(id) && clash.resourceIds.includes(id);
	});
	const holder = reservationOf(tenant, clash).organizer.name;
	throw new Refusal(409, `${taken?.name} is already reserved by ${holder} at that time.`);
}

export function reservationOf(tenant: Tenant, event: BookingEvent): Reservation {
	const found = tenant.reservations.find(({ id }) => id === event.reservationId);
	if (!found) throw new Refusal(404, 'The reservation was not found.');
	return found;
}

/** Refuses with 400 if the range is invalid, is over, or starts further ahead than the tenant allows. */
export function checkRange({ from, to }: Range, settings: Settings, now: number): void {
	if (to <= from) throw new Refusal(400, 'The end must be after the start.');
	if (to <= now) throw new Refusal(400, 'The reservation is in the past.');
	const { bookingHorizon } = settings;
	if (bookingHorizon !== null && from > now + bookingHorizon * 24 * 60 * MINUTE) {
		throw new Refusal(400, `Reservations can be made up to ${bookingHorizon} days ahead.`);
	}
}
