import type { Words } from './names.mts';
import type { Reference, User } from './people.mts';
import type { Random } from './random.mts';
import type { Resource } from './spaces.mts';
import { isoTime } from './times.mts';

/** A reservation owns one or more dated events (appspace-api.md 5.5). */
export interface Reservation {
	id: string;
	title: string;
	notes?: string;
	startAt: string;
	endAt: string;
	startTimeZone: string;
	status: string;
	isRecurring: boolean;
	isAllDay: boolean;
	organizer: Reference;
	/** The organizer's email address, shown as `provider.organizer.username` of events. */
	username: string;
	resourceIds: string[];
	attendees: unknown[];
}

/** The stored state of an event. Whether it is over, and whether check-in is open, depends on the time. */
export type EventState = 'Pending' | 'Active' | 'Completed' | 'Cancelled' | 'Released';

export interface BookingEvent {
	id: string;
	reservationId: string;
	state: EventState;
	title: string;
	startAt: string;
	endAt: string;
	createdAt: string;
	updatedAt: string;
	resourceIds: string[];
}

export interface Bookings {
	reservations: Reservation[];
	events: BookingEvent[];
}

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const TITLES = ['Stand-up', 'Customer visit', 'Interview', 'Planning', 'Stand-up', '朝会'];
const TIME_ZONES = ['Europe/Prague', 'America/New_York', 'Asia/Tokyo', 'UTC'];

/**
 * A week of bookings around `now` (milliseconds); bookings of a resource never overlap. The service user
 * has one that starts at the next full hour and one that belongs to a series. One event was released as a
 * no-show.
 */
export function makeBookings(
	random: Random,
	words: Words,
	users: readonly User[],
	resources: readonly Resource[],
	now: number,
): Bookings {
	const bookings: Bookings = { reservations: [], events: [] };
	const today = Math.floor(now / DAY) * DAY;
	const reservable = resources.filter(({ isReservable }) => isReservable);
	const serviceUser = users[0] as User;
	const [ownResource, seriesResource, freedResource, ...others] = reservable;

	if (ownResource) {
		const nextHour = Math.ceil(now / HOUR) * HOUR;
		book(ownResource, serviceUser, [nextHour]);
	}
	if (seriesResource) {
		const eight = today + 8 * HOUR;
		book(seriesResource, serviceUser, [eight + DAY, eight + 2 * DAY, eight + 3 * DAY]);
	}
	if (freedResource) {
		const freed = book(freedResource, random.pick(users), [today - DAY + 9 * HOUR]);
		for (const event of freed) {
			event.state = 'Released';
			event.title = `[Room released due to no-show] ${event.title}`;
		}
	}
	for (const resource of others) {
		for (let day = -1; day <= 5; day += 1) {
			if (!random.chance(0.3)) continue;
			book(resource, random.pick(users), [today + day * DAY + random.int(8, 16) * HOUR]);
		}
	}
	return bookings;

	function book(resource: Resource, organizer: User, starts: number[]): BookingEvent[] {
		const length = random.pick([0.5, 1, 1]) * HOUR;
		const reservation: Reservation = {
			id: random.guid(),
			title: random.pick(TITLES),
			...(random.chance(0.3) && { notes: random.pick(words.sentences) }),
			startAt: isoTime(starts[0] as number),
			endAt: isoTime((starts[0] as number) + length),
			startTimeZone: random.pick(TIME_ZONES),
			status: 'Confirmed',
			isRecurring: starts.length > 1,
			isAllDay: false,
			organizer: { id: organizer.id, name: organizer.name },
			username: organizer.email,
			resourceIds: [resource.id],
			attendees: [],
		};
		const events = starts.map((start): BookingEvent => {
			const madeAt = isoTime(today - random.int(3, 30) * DAY);
			return {
				id: random.guid(),
				reservationId: reservation.id,
				state: 'Pending',
				title: reservation.title,
				startAt: isoTime(start),
				endAt: isoTime(start + length),
				createdAt: madeAt,
				updatedAt: madeAt,
				resourceIds: [resource.id],
			};
		});
		bookings.reservations.push(reservation);
		bookings.events.push(...events);
		return events;
	}
}
