import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { rangeQuery, touches } from '../../Appspace/fields/dateRange';
import { locator, locatorOfSeveral, spaceLocator } from '../../Appspace/fields/locators';
import { mayTakeUp } from '../../Appspace/resources/event/bookedSpaces';
import { simplifyEvent } from '../../Appspace/resources/event/eventRecord';
import { mayBeOrganizedBy } from '../../Appspace/resources/reservation/reservationRecord';
import { mayHold } from '../../Appspace/runtime/mayMatch';
import { idsIn } from '../../Appspace/runtime/parameterValues';
import { isSameText } from '../../Appspace/runtime/pick';
import { badInput } from '../../Appspace/transport/failure';
import { isRecord } from '../../Appspace/transport/record';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

const HOUR = 3_600_000;
/** The remark in front of the title of a booking that was released (appspace-api.md 5.5). */
const NO_SHOW = '[Room released due to no-show]';

const filters: INodeProperties[] = [
	locator('Floor', 'floorId', 'searchFloors', {
		required: false,
		description: 'Only bookings of spaces on this floor',
	}),
	{
		displayName: 'Organizer',
		name: 'organizer',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description: 'Only bookings of this person, by email address or name',
	},
	locatorOfSeveral('Spaces', 'spaceIds', spaceLocator, 'Only bookings of these spaces'),
];

/** The bookings under way at any time from so many hours before to so many hours after `now`. */
export function bookingsAround(
	call: EventCall,
	now: number,
	{ before, after }: { before: number; after: number },
): List[] {
	const { floorId, organizer, spaceIds } = call.collection('filters');
	const spaces = idsIn(spaceIds, 'Spaces');
	const at = (hours: number) => timeAt(now + hours * HOUR);
	const window = { startAt: at(-before), endAt: at(after) };
	return [
		{
			path: 'reservation/events',
			query: {
				...rangeQuery(window),
				sort: 'startAt',
				...(spaces.length > 0 && { resourceids: spaces.join(',') }),
			},
			matches: (booking) =>
				touches(booking, window) &&
				mayTakeUp(booking, spaces) &&
				mayBeOrganizedBy(booking, organizer) &&
				mayHold(floorsOf(booking), floorId === undefined ? [] : [floorId]),
		},
	];
}

function timeAt(milliseconds: number): string {
	const time = new Date(milliseconds);
	if (!Number.isNaN(time.getTime())) return time.toISOString();
	throw badInput(
		'The trigger cannot watch bookings that far from now',
		'Enter fewer minutes, or fewer days ahead.',
	);
}

/** The floors of the booked spaces; undefined if the booking shows none, which proves nothing. */
function floorsOf({ resources }: IDataObject): unknown[] | undefined {
	if (!Array.isArray(resources)) return undefined;
	const floors = (resources as unknown[])
		.map((one) => (isRecord(one) ? one.resourceFloorId : undefined))
		.filter((id) => id !== undefined && id !== null);
	return floors.length > 0 ? floors : undefined;
}

/** Whether a booking does not take place. Sources name the words in prose only (appspace-api.md 5.5). */
export function isOff({ status, title }: IDataObject): boolean {
	return (
		/^(cancel|releas|declin)/i.test(String(status ?? '')) || String(title ?? '').startsWith(NO_SHOW)
	);
}

/** Whether somebody has checked in: Active means that (appspace-api.md 5.5). */
export function isCheckedIn({ status }: IDataObject): boolean {
	return isSameText(status, 'Active');
}

/** Whether a booking is over, so that nobody can check in anymore. */
export function isCompleted({ status }: IDataObject): boolean {
	return isSameText(status, 'Completed');
}

export const ofBookings = {
	endpoints: ['GET reservation/events'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3, S5' },
	role: 'Reservation Reader',
	isWindow: true,
	...{ filters, simplify: simplifyEvent },
	happenedAt: ({ startAt }: IDataObject): unknown => startAt,
} satisfies Partial<TriggerEvent>;

export const daysAhead: INodeProperties = {
	displayName: 'Days Ahead',
	name: 'daysAhead',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60,
	description:
		'How many days ahead to watch bookings. Bookings further ahead do not start the workflow. More days take more requests.',
};

export const tooLate: INodeProperties = {
	displayName: 'Too Late After',
	name: 'latest',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60,
	description:
		'How many minutes late the workflow may start, such as after n8n was not running. Later events are skipped.',
};

/** An option, or its default. */
export function optionOf(call: EventCall, { name, default: usual }: INodeProperties): number {
	return Number(call.collection('options')[name] ?? usual);
}
