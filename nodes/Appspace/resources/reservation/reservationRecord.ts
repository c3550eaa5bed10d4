import type { IDataObject } from 'n8n-workflow';
import { touches, type DateRange } from '../../fields/dateRange';
import { isShown } from '../../runtime/mayMatch';
import { isSameText, pick } from '../../runtime/pick';
import { spaceIdsIn, spaceNamesIn } from '../event/bookedSpaces';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The most useful fields of a reservation, flattened. */
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

/** Whether a dated instance of a reservation overlaps the range. */
export function takesPlaceIn(reservation: IDataObject, range: Partial<DateRange>): boolean {
	return [reservation, ...eventsOf(reservation)].some((dated) => touches(dated, range));
}

/** Whether this person may be the organizer, by email address, name, or ID, as far as the record shows it. */
export function mayBeOrganizedBy(reservation: IDataObject, wanted: unknown): boolean {
	if (wanted === undefined) return true;
	const dated = [reservation, ...eventsOf(reservation)] as Array<{
		organizer?: IDataObject | null;
		provider?: { organizer?: IDataObject } | null;
	}>;
	const people = dated.flatMap(({ organizer, provider }) => [organizer, provider?.organizer]);
	const [addresses, names, ids] = [
		people.flatMap((one) => [one?.email, one?.username]).filter(isShown),
		people.map((one) => one?.name).filter(isShown),
		people.map((one) => one?.id).filter(isShown),
	];
	const comparable = isAddress(wanted) ? addresses : GUID.test(String(wanted)) ? ids : names;
	return (
		comparable.length === 0 ||
		[...addresses, ...names, ...ids].some((one) => isSameText(one, wanted))
	);
}

/** Whether a text is an email address rather than a name. */
export function isAddress(text: unknown): boolean {
	return String(text).includes('@');
}

function eventsOf({ events }: IDataObject): IDataObject[] {
	return Array.isArray(events) ? (events as IDataObject[]) : [];
}
