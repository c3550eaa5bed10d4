import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { dayOf, instant, isZone } from '../runtime/instant';
import type { Call } from '../runtime/operation';
import { badInput } from '../transport/failure';
import { locator, typedAs } from './locators';

/** What an item asks for: instants as UTC text with `Z`, and the zone that dates were given in. */
export interface DateRange {
	startAt?: string;
	endAt?: string;
	zone: string;
}

/** A range of which both ends are known. */
export type FullRange = Required<DateRange>;

/** How long ago a start may be that is meant to be now: it was worked out before this node ran. */
const NOW_LASTS = 60_000;

export const timeZoneField = typedAs(
	locator('Time Zone', 'timeZone', 'searchTimeZones', {
		required: false,
		description:
			'The zone in which dates are meant that name none. Left empty: the time zone of the workflow. A time that clocks skip in spring is moved on; of one that they show twice in autumn, the first is meant.',
	}),
	{ displayName: 'By Name', placeholder: 'e.g. Europe/Prague' },
);

/** A date and time to pick. */
export function dateField(
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description, ...more };
}

/** From when to when: two dates that have to be filled in, and their time zone. */
export function rangeFields(start: string, end: string): INodeProperties[] {
	return [
		dateField('Start', 'startAt', start, { required: true }),
		dateField('End', 'endAt', end, { required: true }),
		timeZoneField,
	];
}

/**
 * The range in a collection; either end may be missing. No limit to a span is known: how far ahead one
 * may book is a matter of the tenant (appspace-api.md 5.5), and so its own to say.
 *
 * @param isAllDay whole days are meant: an end on the day of the start makes it that day
 * @throws RequestFailed that names the parameter
 */
export function rangeIn(call: Pick<Call, 'zone'>, given: IDataObject, isAllDay = false): DateRange {
	const zone = zoneIn(call, given);
	const startAt = instantOf(given.startAt, 'Start', zone);
	const endAt = instantOf(given.endAt, 'End', zone);
	if (startAt !== undefined && endAt !== undefined && endAt <= startAt) {
		const day = isAllDay ? dayOf(startAt, zone) : undefined;
		if (day && day.startAt <= endAt) return { ...day, zone };
		throw badInput(
			`The parameter "End" (${endAt}) is not after "Start" (${startAt})`,
			'Both are shown in UTC. Choose a later end, or check the time zone.',
		);
	}
	return { startAt, endAt, zone };
}

/** The range of an item that has to have one. */
export function fullRange(call: Pick<Call, 'zone' | 'values'>, isAllDay = false): FullRange {
	const given = call.values('startAt', 'endAt', 'timeZone');
	const { startAt, endAt, zone } = rangeIn(call, given, isAllDay);
	if (startAt !== undefined && endAt !== undefined) return { startAt, endAt, zone };
	throw badInput(
		`The parameter "${startAt === undefined ? 'Start' : 'End'}" is empty`,
		'Enter a date and time.',
	);
}

/** The same for a range that still has to come: nothing can be booked in the past. */
export function rangeAhead(call: Pick<Call, 'zone' | 'values'>): FullRange {
	const range = fullRange(call);
	refusePast(range.startAt, 'Start');
	return range;
}

/**
 * An instant that has to be filled in and to come.
 *
 * @param label how users know the parameter
 */
export function instantAhead(
	call: Pick<Call, 'zone' | 'values'>,
	parameter: string,
	label: string,
): string {
	const given = call.values(parameter, 'timeZone');
	const at = instantOf(given[parameter], label, zoneIn(call, given));
	if (at === undefined)
		throw badInput(`The parameter "${label}" is empty`, 'Enter a date and time.');
	refusePast(at, label);
	return at;
}

/** Whether an instant is over, and was not meant to be now. */
export function isPast(at: string): boolean {
	return Date.parse(at) < Date.now() - NOW_LASTS;
}

/** Throws RequestFailed for an instant that is over; one that is not given is none. */
export function refusePast(at: string | undefined, label: string): void {
	if (at === undefined || !isPast(at)) return;
	throw badInput(
		`The parameter "${label}" (${at}) lies in the past`,
		'It is shown in UTC. Choose a later time, or check the time zone.',
	);
}

/** Whether a record's time touches the range; one without a readable time is given the benefit of doubt. */
export function touches(record: IDataObject, { startAt, endAt }: Partial<DateRange>): boolean {
	const [from, to] = [instant(record.startAt, 'UTC'), instant(record.endAt, 'UTC')];
	const isOver = startAt !== undefined && to !== undefined && to <= startAt;
	const isLater = endAt !== undefined && from !== undefined && from >= endAt;
	return !isOver && !isLater;
}

function zoneIn(call: Pick<Call, 'zone'>, { timeZone }: IDataObject): string {
	const zone = String(timeZone ?? call.zone());
	if (isZone(zone)) return zone;
	throw badInput(
		`The parameter "Time Zone" is not the name of a time zone: "${zone}"`,
		'Pick one from the list, or enter an IANA name such as Europe/Prague.',
	);
}

function instantOf(value: unknown, label: string, zone: string): string | undefined {
	if (value === undefined) return undefined;
	const at = instant(value, zone);
	if (at !== undefined) return at;
	throw badInput(
		`The parameter "${label}" is not a date and time: "${String(value)}"`,
		'Pick one, or enter text such as 2027-03-01T09:30.',
	);
}
