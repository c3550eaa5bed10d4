import { entryValue, type Value } from '../transport/scim/attributes';

const DATE_TIME = /^\d{4}-\d\d-\d\dT/;
/** Services rewrite phone numbers in the format of RFC 3966 (RFC 7643 4.1.2). */
const PHONE_NUMBERS = /^phoneNumbers$/i;
/** The only attribute of users and groups whose case always counts (RFC 7643 3.1). */
const CASE_COUNTS = /^externalId$/i;
/** The most entries with equal values to compare; any more are only duplicates. */
const MAX_CANDIDATES = 100;

/**
 * Whether every entry of `wanted` has a match in `present`. Looks entries up by value, so that a list of
 * thousands does not need a full scan for each entry.
 *
 * @param path the attribute's path, such as `emails`
 * @param isMatch compares two entries; called only for entries whose values may be equal
 */
export function everyHasMatch(
	wanted: Value[],
	present: Value[],
	path: string,
	isMatch: (present: Value, wanted: Value) => boolean,
): boolean {
	const byValue = new Map<string, Value[]>();
	for (const one of present) {
		const key = keyOf(one, path);
		const sameKey = byValue.get(key);
		if (!sameKey) byValue.set(key, [one]);
		else if (sameKey.length < MAX_CANDIDATES) sameKey.push(one);
	}
	return wanted.every((part, index) => {
		// Usually the order is unchanged, so try the same position first.
		if (index < present.length && isMatch(present[index], part)) return true;
		const key = keyOf(part, path);
		const candidates = key === '' ? present.slice(0, MAX_CANDIDATES) : (byValue.get(key) ?? []);
		return candidates.some((one) => isMatch(one, part));
	});
}

/** A key that is equal for all values that `isSame` may consider equal; empty if the entry has no value. */
function keyOf(entry: Value, path: string): string {
	const value = entryValue(entry);
	if (value === undefined || value === null || typeof value === 'object') return '';
	const text = plain(String(value));
	if (isPhoneNumbers(path) && digitsIn(text) !== '') return digitsIn(text);
	if (DATE_TIME.test(text.toUpperCase())) return String(Date.parse(text.toUpperCase()));
	// `Number(true)` is 1, so `true` and 1 share a key.
	if (text === 'true' || text === 'false') return String(Number(text === 'true'));
	return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

/** Whether two values are equal apart from how services write them: case, whitespace, numbers as text. */
export function isSame(present: unknown, wanted: unknown, path: string): boolean {
	const [one, other] = [String(present), String(wanted)];
	if (one === other) return true;
	if (isPhoneNumbers(path) && digitsIn(other) !== '') return digitsIn(one) === digitsIn(other);
	if ([present, wanted].some((value) => typeof value === 'number')) {
		return Number(present) === Number(wanted);
	}
	if (DATE_TIME.test(one) && DATE_TIME.test(other)) return Date.parse(one) === Date.parse(other);
	return plain(one) === plain(other);
}

/** Whether a path names the phone numbers, which services rewrite. */
export function isPhoneNumbers(path: string): boolean {
	return PHONE_NUMBERS.test(path);
}

/** Whether letter case counts in the attribute. */
export function isCaseExact(path: string): boolean {
	return CASE_COUNTS.test(path);
}

export function digitsIn(text: string): string {
	return text.replace(/\D/g, '');
}

function plain(text: string): string {
	return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
