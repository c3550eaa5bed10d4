import type { Random } from './random.mts';

/** What the service sends for a time that was never set (appspace-api.md 3.2). */
export const UNSET_TIME = '0001-01-01T00:00:00';

const DAY = 24 * 60 * 60 * 1000;

/** The usual form: ISO 8601 UTC with a `Z`, with milliseconds unless they are zero (appspace-api.md 3.2). */
export function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** A time in the two years before 2026, rounded to the second. */
export function pastSecond(random: Random): string {
	return isoTime(Date.UTC(2026, 0, 1) - random.int(1, 730 * 86_400) * 1000);
}

/**
 * A time in the two years before 2026, in one of the forms seen on the wire: mostly milliseconds and `Z`,
 * sometimes seven decimals, sometimes no `Z` (appspace-api.md 3.2).
 */
export function pastTime(random: Random): string {
	const usual = new Date(Date.UTC(2026, 0, 1) - random.int(1, 730 * DAY)).toISOString();
	const form = random.next();
	if (form < 0.1) return usual.replace(/\.(\d{3})Z$/, '.$10000Z');
	if (form < 0.2) return usual.replace(/\.\d{3}Z$/, '');
	return usual.replace('.000Z', 'Z');
}
