/** A date with an optional time and offset: `2026-03-29 02:30`, `...T02:30:00Z`. */
const DATE_TIME =
	/^([1-9]\d{3}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

const DAY = 86_400_000;

/**
 * Converts a value to UTC text in ISO 8601, with milliseconds and `Z`.
 *
 * @param value text, a Date, or an object of n8n's date library. Text without an offset is local time in
 * `zone`, and a date alone is the start of that day.
 * @param zone an IANA name. As in calendars, a local time that clocks skip moves forward by the length of
 * the gap, and of a time that occurs twice, the first one counts.
 * @returns undefined if the value is not a date
 * @throws RangeError for a zone that does not exist; see `isZone`
 */
export function instant(value: unknown, zone: string): string | undefined {
	const millis = typeof value === 'string' ? written(value.trim(), zone) : held(value);
	const date = new Date(millis);
	// ISO 8601 needs more than four digits beyond these years.
	return Math.abs(millis) < 8e15 && /^[1-9]\d{3}-/.test(iso(date)) ? iso(date) : undefined;
}

/**
 * The day of a value, such as `2026-01-31`. A time with an offset is converted to the zone.
 *
 * @returns undefined if the value is not a date, or if its own offset puts it on another day
 */
export function calendarDay(value: unknown, zone: string): string | undefined {
	const at = instant(value, zone);
	if (at === undefined) return undefined;
	const millis = Date.parse(at);
	const day = iso(new Date(millis + offsetsOf(zone)(millis))).slice(0, 10);
	const isSame = typeof value !== 'string' || value.trim().startsWith(day);
	return isSame ? day : undefined;
}

/** The start of the local day of an instant in `zone`, and the start of the next day. */
export function dayOf(at: string, zone: string): { startAt: string; endAt: string } | undefined {
	const millis = Date.parse(at);
	const onClock = millis + offsetsOf(zone)(millis);
	const [startAt, endAt] = [onClock, onClock + DAY].map((wall) =>
		instant(iso(new Date(wall)).slice(0, 10), zone),
	);
	return startAt === undefined || endAt === undefined ? undefined : { startAt, endAt };
}

/**
 * Whether this is the IANA name of a time zone. Recent versions of Node also accept offsets; older ones do
 * not.
 */
export function isZone(name: string): boolean {
	try {
		offsetsOf(name);
		return /^[A-Z]/i.test(name);
	} catch {
		return false;
	}
}

function held(value: unknown): number {
	const { toMillis, getTime } = (value ?? {}) as Record<string, unknown>;
	const read = [toMillis, getTime].find((method) => typeof method === 'function');
	return typeof read === 'function' ? Number(read.call(value)) : NaN;
}

function written(text: string, zone: string): number {
	const [, date, time = '00:00', seconds = '00', fraction = '', offset] =
		DATE_TIME.exec(text) ?? [];
	const wall = Date.parse(`${date}T${time}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
	// Some JavaScript engines read February 30 as March 2.
	if (Number.isNaN(wall) || !iso(new Date(wall)).startsWith(`${date}T${time}`)) return NaN;
	return offset === undefined ? onClockOf(zone, wall) : wall - millisOf(offset);
}

/** The instant at which clocks in the zone show the local time `wall`. */
function onClockOf(zone: string, wall: number): number {
	const offsetAt = offsetsOf(zone);
	const before = offsetAt(wall - DAY);
	const candidates = [wall - before, wall - offsetAt(wall + DAY)];
	const real = candidates.filter((millis) => millis + offsetAt(millis) === wall);
	return real.length > 0 ? Math.min(...real) : wall - before;
}

/** The offset of the zone from UTC at an instant, in milliseconds. */
function offsetsOf(zone: string): (millis: number) => number {
	// Creating a format takes longer than everything else here, and every record has dates.
	if (zone === 'UTC') return () => 0;
	const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	return (millis) => {
		const parts = format.formatToParts(millis);
		return millisOf(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '');
	};
}

/** The offset in a text such as `Z`, `GMT`, `+01`, `+0100`, `GMT+01:00`, `GMT-00:44:30`, in milliseconds. */
function millisOf(offset: string): number {
	const [, sign, hours, minutes = '00', seconds = '00'] =
		/([+-])(\d\d):?(\d\d)?:?(\d\d)?$/.exec(offset) ?? [];
	if (hours === undefined) return 0;
	if (Number(hours) > 23 || Number(minutes) > 59) return NaN;
	const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
	return sign === '-' ? -size : size;
}

function iso(date: Date): string {
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
