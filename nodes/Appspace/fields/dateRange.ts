import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { dayOf, instant, isZone } from '../runtime/instant';
import type { Call } from '../runtime/operation';
import { badInput } from '../transport/failure';
import { locator, typedAs } from './locators';

/** A range that an item asks for: instants as UTC text with `Z`, and the time zone of the dates as entered. */
export interface DateRange {
	startAt?: string;
	endAt?: string;
	zone: string;
}

/** A range with both ends. */
export type FullRange = Required<DateRange>;

/** Milliseconds in the past that still count as now: an earlier node computed the start. */
const NOW_TOLERANCE = 60_000;
/** Milliseconds to ask for before and after a range; see `rangeQuery`. */
const MARGIN = 86_400_000;

export const timeZoneField = typedAs(
	locator('Time Zone', 'timeZone', 'searchTimeZones', {
		required: false,
		description:
			'The time zone of dates that do not include one. If you leave it empty, the node uses the time zone of the workflow. When clocks go forward, a skipped time moves to the next valid one; when they go back, a repeated time means its first occurrence.',
	}),
	{ displayName: 'By Name', placeholder: 'e.g. Europe/Prague' },
);

/** A parameter for a date and time. */
export function dateField(
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description, ...more };
}

/** A required start and end, and their time zone. */
export function rangeFields(start: string, end: string): INodeProperties[] {
	return [
		dateField('Start', 'startAt', start, { required: true }),
		dateField('End', 'endAt', end, { required: true }),
		timeZoneField,
	];
}

/** How a range of whole days is read (`rangeIn`), in the description of All Day. */
export function allDayDescription(what: string): string {
	return `Whether the ${what} lasts all day. If End is not after Start, but on the same day, this day is meant. Otherwise, End is the moment at which the ${what} ends: for two days, enter the day after the second one. Times are sent as you enter them.`;
}

/**
 * The range in a collection; either end may be missing. The length is not limited here: how far ahead
 * you can book depends on the tenant (appspace-api.md 5.5), so Appspace decides.
 *
 * @param isAllDay whether the range covers whole days. An end that is not after the start, but on its day,
 * then means that day. Any other end is the moment at which the range ends, and both are sent as entered
 * @throws RequestFailed naming the parameter
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

/** The range of an item, with both ends required. Throws RequestFailed if one is missing. */
export function fullRange(call: Pick<Call, 'zone' | 'values'>, isAllDay = false): FullRange {
	const given = call.values('startAt', 'endAt', 'timeZone');
	const { startAt, endAt, zone } = rangeIn(call, given, isAllDay);
	if (startAt !== undefined && endAt !== undefined) return { startAt, endAt, zone };
	throw badInput(
		`The parameter "${startAt === undefined ? 'Start' : 'End'}" is empty`,
		'Enter a date and time.',
	);
}

/** Like `fullRange`, but refuses a start in the past, which cannot be booked. */
export function rangeAhead(call: Pick<Call, 'zone' | 'values'>): FullRange {
	const range = fullRange(call);
	refusePast(range.startAt, 'Start');
	return range;
}

/**
 * A required instant in the future.
 *
 * @param label the display name of the parameter
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

/** Whether an instant is in the past, with some tolerance for "now". */
export function isPast(at: string): boolean {
	return Date.parse(at) < Date.now() - NOW_TOLERANCE;
}

/** Throws RequestFailed for an instant in the past; `undefined` passes. */
export function refusePast(at: string | undefined, label: string): void {
	if (at === undefined || !isPast(at)) return;
	throw badInput(
		`The parameter "${label}" (${at}) is in the past`,
		'It is shown in UTC. Choose a later time, or check the time zone.',
	);
}

/**
 * The query for the records that overlap a range, to be checked with `touches`.
 *
 * No source says whether `startAt` selects what starts after it or what ends after it, or what `endAt`
 * selects (appspace-api.md 5.5). With a day more at both ends, all records of up to a day are found in
 * either case.
 */
export function rangeQuery({ startAt, endAt }: Partial<DateRange>): IDataObject {
	return { startAt: shifted(startAt, -MARGIN), endAt: shifted(endAt, MARGIN) };
}

/** Whether a record overlaps the range. A record without a readable time counts as a match. */
export function touches(record: IDataObject, { startAt, endAt }: Partial<DateRange>): boolean {
	const [from, to] = [instant(record.startAt, 'UTC'), instant(record.endAt, 'UTC')];
	const isOver = startAt !== undefined && to !== undefined && to <= startAt;
	const isLater = endAt !== undefined && from !== undefined && from >= endAt;
	return !isOver && !isLater;
}

function shifted(at: string | undefined, by: number): string | undefined {
	// Unshifted in the years 1000 and 9999, where a day more cannot be written.
	return at && (instant(new Date(Date.parse(at) + by), 'UTC') ?? at);
}

function zoneIn(call: Pick<Call, 'zone'>, { timeZone }: IDataObject): string {
	const zone = String(timeZone ?? call.zone());
	if (isZone(zone)) return zone;
	throw badInput(
		`The parameter "Time Zone" is not the name of a time zone: "${zone}"`,
		'Pick a time zone from the list, or enter an IANA name such as Europe/Prague.',
	);
}

function instantOf(value: unknown, label: string, zone: string): string | undefined {
	if (value === undefined) return undefined;
	const at = instant(value, zone);
	if (at !== undefined) return at;
	throw badInput(
		`The parameter "${label}" is not a date and time: "${String(value)}"`,
		'Pick a date and time, or enter text such as 2027-03-01T09:30.',
	);
}
