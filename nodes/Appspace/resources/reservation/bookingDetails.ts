import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isGiven } from '../../runtime/parameterValues';
import { bookingFields } from './bookingFields';

/** The additional fields that a reservation shows as they are sent (appspace-api.md 5.5). */
const SHOWN = ['isAllDay', 'notes'];

/** The labels of the additional fields in which a reservation visibly differs from those of an item. */
export function differingDetails(given: IDataObject, reservation: IDataObject): string[] {
	return Object.keys(given)
		.filter((name) => isComparable(name, reservation))
		.filter((name) => plain(given[name]) !== plain(reservation[name]))
		.map(labelOf);
}

/** The labels of the additional fields of an item that nothing in the reservation compares with. */
export function uncomparedDetails(given: IDataObject, reservation: IDataObject): string[] {
	return Object.keys(given)
		.filter((name) => !isComparable(name, reservation) && !isEmptyList(given[name]))
		.map(labelOf)
		.sort();
}

function isComparable(name: string, reservation: IDataObject): boolean {
	return SHOWN.includes(name) && isGiven(reservation[name]);
}

/** A list that was added to the form and got no entries. */
function isEmptyList(value: unknown): boolean {
	return typeof value === 'object' && Object.values(value ?? {}).flat().length === 0;
}

/** A value without the line breaks and spaces that a server may write in another way. */
function plain(value: unknown): string {
	return String(value).replace(/\s+/g, ' ').trim();
}

function labelOf(name: string): string {
	const { options = [] } = bookingFields.find((field) => field.name === 'additionalFields') ?? {};
	const field = (options as INodeProperties[]).find((option) => option.name === name);
	return field?.displayName ?? name;
}
