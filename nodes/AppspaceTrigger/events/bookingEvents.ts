import { spaceIdsIn } from '../../Appspace/resources/event/bookedSpaces';
import { pick } from '../../Appspace/runtime/pick';
import { path } from '../../Appspace/transport/path';
import { isRecord } from '../../Appspace/transport/record';
import { calledOff, created, millisOf, updated } from '../detections';
import { mostGoneOption } from '../properties';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';
import { bookingsAround, daysAhead, isOff, ofBookings, optionOf } from './bookings';

const DAY = 24 * 3_600_000;

/** Bookings under way and to come. */
function lists(call: EventCall, now: number): List[] {
	return bookingsAround(call, now, { before: 0, after: 24 * optionOf(call, daysAhead) });
}

/** What happens to bookings: they are made, changed, and called off. */
export const bookingEvents: TriggerEvent[] = [
	{
		value: 'bookingCreated',
		name: 'Booking Created',
		description: 'When a space is booked',
		...ofBookings,
		options: [daysAhead],
		lists,
		detection: (call) =>
			created({
				createdAt: ({ createdAt }) => createdAt,
				endsAt: ({ endAt }) => endAt,
				isOld: ({ createdAt, startAt }) => {
					const ahead = (millisOf(startAt) ?? 0) - (millisOf(createdAt) ?? Infinity);
					return ahead > optionOf(call, daysAhead) * DAY;
				},
			}),
		happenedAt: ({ createdAt }) => createdAt,
	},
	{
		value: 'bookingUpdated',
		name: 'Booking Updated',
		description: 'When the time, title, organizer, or spaces of a booking change',
		...ofBookings,
		options: [daysAhead],
		lists,
		detection: () =>
			updated(
				(booking) => ({
					...pick(booking, ['title', 'startAt', 'endAt']),
					organizer: isRecord(booking.organizer) ? booking.organizer.id : undefined,
					resourceIds: spaceIdsIn(booking),
				}),
				{ times: ({ createdAt, updatedAt }) => ({ createdAt, updatedAt }) },
			),
		happenedAt: ({ updatedAt }) => updatedAt,
	},
	{
		value: 'bookingCancelled',
		name: 'Booking Canceled',
		description: 'When a booking is canceled, released, or deleted before its end',
		...ofBookings,
		evidence: { grade: 'INFERRED', sources: 'S2, S3, S5' },
		endpoints: [...ofBookings.endpoints, 'GET reservation/events/{id}'],
		options: [daysAhead, mostGoneOption],
		lists,
		recordPath: (id) => path`reservation/events/${id}`,
		isGone: (booking) => isRecord(booking) && isOff(booking),
		detection: () => calledOff(isOff, ({ endAt }) => endAt),
		happenedAt: ({ updatedAt }) => updatedAt,
	},
];
