import type { IDataObject } from 'n8n-workflow';
import { touches, type DateRange } from '../../fields/dateRange';
import { isSameText, pick } from '../../runtime/pick';
import { spaceIdsIn, spaceNamesIn } from '../event/bookedSpaces';

/** The most useful fields of a reservation, flat. */
export function simplifyReservation(reservation: IDataObject): IDataObject {
	const { organizer, attendees } = reservation as {
		organizer?: IDataObject | null;
		attendees?: IDataObject[];
	};
	return {
		...pick(reservation, ['id', 'title', 'status', 'startAt', 'endAt']),
		organizerName: organizer?.name ?? null,
		attendeeEmails: Array.isArray(attendees)
			? attendees.map(({ email, username }) => email ?? username)
			: [],
		resourceIds: spaceIdsIn(reservation),
		resourceNames: spaceNamesIn(reservation),
		...pick(reservation, ['alreadyBooked']),
	} as IDataObject;
}

/** Whether one of the dated instances of a reservation touches the range. */
export function takesPlaceIn(reservation: IDataObject, range: Partial<DateRange>): boolean {
	return [reservation, ...eventsOf(reservation)].some((dated) => touches(dated, range));
}

/**
 * Whether somebody organizes a reservation, by e-mail address, name or ID. Where it shows no address,
 * Appspace is trusted to have looked for the one that was asked for.
 */
export function organizedBy(reservation: IDataObject, wanted: unknown): boolean {
	if (wanted === undefined) return true;
	const dated = [reservation, ...eventsOf(reservation)] as Array<{
		organizer?: IDataObject | null;
		provider?: { organizer?: IDataObject } | null;
	}>;
	const people = dated.flatMap(({ organizer, provider }) => [organizer, provider?.organizer]);
	const addresses = people.flatMap((one) => [one?.email, one?.username]).filter(Boolean);
	if (isAddress(wanted) && addresses.length === 0) return true;
	const known = [...addresses, ...people.flatMap((one) => [one?.name, one?.id])];
	return known.some((one) => isSameText(one, wanted));
}

/** Whether a text is an e-mail address rather than a name. */
export function isAddress(text: unknown): boolean {
	return String(text).includes('@');
}

function eventsOf({ events }: IDataObject): IDataObject[] {
	return Array.isArray(events) ? (events as IDataObject[]) : [];
}
