import type { INodeProperties } from 'n8n-workflow';
import { due } from '../detections';
import type { EventCall, TriggerEvent } from '../triggerEvent';
import {
	bookingsAround,
	isCheckedIn,
	isCompleted,
	isOff,
	ofBookings,
	optionOf,
	tooLate,
} from './bookings';

const DAY = 24 * 60;

function minutesField(displayName: string, usual: number, description: string): INodeProperties {
	return {
		...{ displayName, description, name: 'minutes', type: 'number', default: usual },
		typeOptions: { minValue: 0, numberPrecision: 0 },
	};
}

/** How many hours back bookings matter that are told so many minutes late. */
function lookback(call: EventCall, minutes: number): { before: number; after: number } {
	return { before: (minutes + optionOf(call, tooLate)) / 60, after: 1 };
}

/** What happens in the course of a booking. */
export const bookingTimes: TriggerEvent[] = [
	{
		value: 'bookingStartingSoon',
		name: 'Booking Starting Soon',
		description: 'Some time before a booking starts',
		...ofBookings,
		fields: [minutesField('Minutes Before Start', 15, 'How many minutes before the start')],
		lists: (call, now) =>
			bookingsAround(call, now, { before: 0, after: call.number('minutes') / 60 + 1 }),
		detection: (call) =>
			due({
				at: ({ startAt }) => startAt,
				minutes: -call.number('minutes'),
				// Once it has started, it is too late.
				latest: call.number('minutes'),
				isOpen: (booking) => !isOff(booking),
			}),
	},
	{
		value: 'bookingCheckedIn',
		name: 'Booking Checked In',
		description: 'When somebody checks in to a booking',
		...ofBookings,
		lists: (call, now) => bookingsAround(call, now, { before: 0, after: 24 }),
		detection: () =>
			due({
				at: ({ startAt }) => startAt,
				...{ minutes: -DAY, latest: 3 * DAY },
				isOpen: isCheckedIn,
			}),
	},
	{
		value: 'bookingNotCheckedIn',
		name: 'Booking Not Checked In',
		description: 'When nobody has checked in to a booking some time after its start (no-show)',
		...ofBookings,
		fields: [
			minutesField(
				'Minutes After Start',
				15,
				'How many minutes after the start to look for the check-in',
			),
		],
		options: [tooLate],
		lists: (call, now) => bookingsAround(call, now, lookback(call, call.number('minutes'))),
		detection: (call) =>
			due({
				at: ({ startAt }) => startAt,
				minutes: call.number('minutes'),
				latest: optionOf(call, tooLate),
				isOpen: (booking) => !isCheckedIn(booking) && !isCompleted(booking) && !isOff(booking),
			}),
	},
	{
		value: 'bookingEnded',
		name: 'Booking Ended',
		description: 'When the end of a booking has come, or the booking is completed before its end',
		...ofBookings,
		options: [tooLate],
		lists: (call, now) => bookingsAround(call, now, lookback(call, 0)),
		detection: (call) =>
			due({
				at: ({ endAt }) => endAt,
				...{ minutes: 0, latest: optionOf(call, tooLate) },
				isOpen: (booking) => !isOff(booking),
				isEarly: isCompleted,
			}),
		happenedAt: ({ endAt }) => endAt,
	},
];
