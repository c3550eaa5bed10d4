import fc from 'fast-check';
import { DateTime } from 'luxon';
import { instant, isZone } from '../../nodes/Appspace/runtime/instant.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];
const zone = fc.constantFrom(...ZONES);
const date = fc.date({
	min: new Date('1970-01-02T00:00:00Z'),
	max: new Date('2099-12-30T00:00:00Z'),
	noInvalidDate: true,
});

/** What a clock in the zone shows, as text without an offset. */
function onWall(at: Date, timeZone: string, withMillis = true): string {
	const format = new Intl.DateTimeFormat('sv-SE', {
		...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
		...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
	});
	const millis = String(at.getUTCMilliseconds()).padStart(3, '0');
	return format.format(at).replace(' ', 'T') + (withMillis ? `.${millis}` : '');
}

describe('text without an offset', () => {
	it('is what a clock in the zone shows, and the first time where it shows it twice', () => {
		fc.assert(
			fc.property(date, zone, (at, name) => {
				const wall = onWall(at, name);
				const found = instant(wall, name);
				expect(onWall(new Date(found!), name)).toBe(wall);
				expect(Date.parse(found!)).toBeLessThanOrEqual(at.getTime());
				// Clocks are put back by a day at most.
				expect(at.getTime() - Date.parse(found!)).toBeLessThanOrEqual(86_400_000);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is an instant whatever the clock shows, also where clocks skip it', () => {
		fc.assert(
			fc.property(date, zone, (shown, name) => {
				const wall = shown.toISOString().slice(0, 16);
				const found = instant(wall, name)!;
				const back = onWall(new Date(found), name, false).slice(0, 16);
				// Moved on, if at all: never to an earlier time.
				expect(back >= wall).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		['an hour that clocks skip', '2026-03-29T02:30', 'Europe/Prague', '2026-03-29T01:30:00.000Z'],
		['the last moment before', '2026-03-29T01:59:59', 'Europe/Prague', '2026-03-29T00:59:59.000Z'],
		['the first moment after', '2026-03-29T03:00', 'Europe/Prague', '2026-03-29T01:00:00.000Z'],
		['an hour shown twice', '2026-10-25T02:30', 'Europe/Prague', '2026-10-25T00:30:00.000Z'],
		['the hour after', '2026-10-25T03:00', 'Europe/Prague', '2026-10-25T02:00:00.000Z'],
		['New York, skipped', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
		['New York, twice', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
		['half an hour skipped', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
		['half an hour twice', '2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
		['midnight that is skipped', '2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
		['a day that was left out', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
	])('%s', (_, text, name, expected) => {
		expect(instant(text, name)).toBe(expected);
	});

	it.each([
		['2027-03-01', '2027-02-28T23:00:00.000Z'],
		['2027-03-01 09:30', '2027-03-01T08:30:00.000Z'],
		['2027-03-01t09:30:15', '2027-03-01T08:30:15.000Z'],
		[' 2027-03-01T09:30:15,5 ', '2027-03-01T08:30:15.500Z'],
		['2027-03-01T09:30:15.123456789', '2027-03-01T08:30:15.123Z'],
	])('%s', (text, expected) => {
		expect(instant(text, 'Europe/Prague')).toBe(expected);
	});
});

describe('a value that carries its own offset', () => {
	it('means the same everywhere: text, a Date, an object of the date library', () => {
		fc.assert(
			fc.property(date, zone, zone, (at, written, name) => {
				const there = DateTime.fromJSDate(at, { zone: written });
				const iso = at.toISOString();
				expect(instant(at, name)).toBe(iso);
				expect(instant(there, name)).toBe(iso);
				expect(instant(iso, name)).toBe(iso);
				// Offsets with seconds are out of use; the library writes them without.
				fc.pre(Number.isInteger(there.offset));
				expect(instant(there.toISO(), name)).toBe(iso);
			}),
		);
	});

	it.each([
		['2027-03-01T09:30Z', '2027-03-01T09:30:00.000Z'],
		['2027-03-01T09:30z', '2027-03-01T09:30:00.000Z'],
		['2027-03-01T09:30+05:45', '2027-03-01T03:45:00.000Z'],
		['2027-03-01T09:30-0330', '2027-03-01T13:00:00.000Z'],
		['2027-03-01 09:30 +01', '2027-03-01T08:30:00.000Z'],
	])('%s', (text, expected) => {
		expect(instant(text, 'Asia/Tokyo')).toBe(expected);
	});
});

describe('what is no date', () => {
	it.each([
		...['', 'tomorrow', '01/03/2027', '2027-3-1', '2027-02-30', '2027-13-01', '2027-03-01T24:00'],
		...[
			'2027-03-01T09:60',
			'2027-03-01T09:30:60',
			'2027-03-01T09:30+25:00',
			'2027-03-01T09:30+01:99',
		],
		...['2027-03-01Z', '2027-03-01T09', '20270301T0930', '0001-01-01T00:00:00', 'T09:30'],
		...[1_800_000_000_000, 12, true, null, undefined, {}, [], NaN, new Date(NaN)],
		DateTime.invalid('made up'),
	])('%p', (value) => {
		expect(instant(value, 'Europe/Prague')).toBeUndefined();
	});

	it('never throws and never gives anything but UTC text', () => {
		const value = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.stringMatching(/^\d{4}-\d\d-\d\d.{0,20}$/),
		);
		fc.assert(
			fc.property(value, zone, (anything, name) => {
				const found = instant(anything, name);
				if (found === undefined) return;
				expect(found).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
				expect(new Date(found).toISOString()).toBe(found);
			}),
		);
	});
});

test('a time zone is known by its name alone', () => {
	for (const name of [...ZONES, 'europe/prague', 'Etc/GMT+5']) expect(isZone(name)).toBe(true);
	for (const name of ['', 'Mars/Base', '+01:00', '-05', 'Europe/', ' Europe/Prague', 'undefined']) {
		expect(isZone(name)).toBe(false);
	}
});
