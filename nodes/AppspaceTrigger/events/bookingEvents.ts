import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { locatorOfSeveral } from '../../Appspace/fields/locators';
import { mayTakeUp } from '../../Appspace/resources/event/bookedSpaces';
import { simplifyEvent } from '../../Appspace/resources/event/eventRecord';
import { idsIn } from '../../Appspace/runtime/parameterValues';
import { isSameText } from '../../Appspace/runtime/pick';
import { due } from '../detections';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

const HOUR = 3_600_000;

const filters: INodeProperties[] = [
	locatorOfSeveral('Spaces', 'spaceIds', 'searchSpaces', 'Only bookings of these spaces'),
];

/** The events in a window around now, from so many hours before to so many hours after. */
function windowOf(call: EventCall, now: number, before: number, after: number): List[] {
	const spaceIds = idsIn(call.collection('filters').spaceIds, 'Spaces');
	const at = (hours: number) => new Date(now + hours * HOUR).toISOString();
	return [
		{
			path: 'reservation/events',
			query: {
				...{ startAt: at(-before), endAt: at(after), sort: 'startAt' },
				...(spaceIds.length > 0 && { resourceids: spaceIds.join(',') }),
			},
			matches: (booking) => mayTakeUp(booking, spaceIds),
		},
	];
}

/** Whether a booking takes place: the record shows no other state (appspace-api.md 5.5). */
function isOff({ status, title }: IDataObject): boolean {
	return (
		['Cancelled', 'Canceled', 'Released', 'Declined'].some((one) => isSameText(status, one)) ||
		String(title ?? '').startsWith('[')
	);
}

/** Active means checked in (appspace-api.md 5.5). */
function isCheckedIn({ status }: IDataObject): boolean {
	return ['Active', 'Completed'].some((one) => isSameText(status, one));
}

const ofBookings = {
	endpoints: ['GET reservation/events'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3' },
	role: 'Reservation Reader',
	isWindow: true,
	...{ filters, simplify: simplifyEvent },
	happenedAt: ({ startAt }: IDataObject) => startAt,
} satisfies Partial<TriggerEvent>;

const tooLate: INodeProperties = {
	displayName: 'Too Late After',
	name: 'latest',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60,
	description:
		'How many minutes late the event may start the workflow, such as after n8n was not running. What is later is skipped.',
};

export const bookingEvents: TriggerEvent[] = [
	{
		value: 'bookingNotCheckedIn',
		name: 'Booking Not Checked In',
		description: 'When nobody has checked in to a booking some time after its start (no-show)',
		...ofBookings,
		fields: [
			{
				displayName: 'Minutes After Start',
				name: 'minutes',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 15,
				description: 'How many minutes after the start of the booking to look for the check-in',
			},
		],
		options: [tooLate],
		lists: (call, now) => windowOf(call, now, lookback(call) / 60 + 24, 1),
		detection: (call) =>
			due({
				at: ({ startAt }) => startAt,
				minutes: call.number('minutes'),
				latest: latest(call),
				isOpen: (booking) => !isCheckedIn(booking) && !isOff(booking),
			}),
	},
];

function latest(call: EventCall): number {
	return Number(call.collection('options').latest ?? tooLate.default);
}

function lookback(call: EventCall): number {
	return call.number('minutes') + latest(call);
}
