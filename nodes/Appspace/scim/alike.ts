import { entryValue, type Value } from '../transport/scim/attributes';

const MOMENT = /^\d{4}-\d\d-\d\dT/;
/** Services put numbers into the form of RFC 3966 (RFC 7643 4.1.2). */
const OF_DIGITS = /^phoneNumbers$/i;
/** Entries with the same value that are compared; more only repeat each other. */
const MOST_ALIKE = 100;

/**
 * Whether each of `wanted` has its like among `present`. Entries are found by their value, so that a list of
 * thousands is not gone through for each of its entries.
 *
 * @param path of the attribute, such as `emails`
 * @param isLike is only asked about entries whose values may be the same
 */
export function eachHasLike(
	wanted: Value[],
	present: Value[],
	path: string,
	isLike: (present: Value, wanted: Value) => boolean,
): boolean {
	const byValue = new Map<string, Value[]>();
	for (const one of present) {
		const key = keyOf(one, path);
		const alike = byValue.get(key);
		if (!alike) byValue.set(key, [one]);
		else if (alike.length < MOST_ALIKE) alike.push(one);
	}
	return wanted.every((part, index) => {
		// Where nothing was moved, everything is in its place.
		if (index < present.length && isLike(present[index], part)) return true;
		const key = keyOf(part, path);
		const alike = key === '' ? present.slice(0, MOST_ALIKE) : (byValue.get(key) ?? []);
		return alike.some((one) => isLike(one, part));
	});
}

/** The same for all values that `isSame` may take for the same; empty where there is none. */
function keyOf(entry: Value, path: string): string {
	const value = entryValue(entry);
	if (value === undefined || value === null || typeof value === 'object') return '';
	const text = plain(String(value));
	if (OF_DIGITS.test(path) && digitsIn(text) !== '') return digitsIn(text);
	if (MOMENT.test(text.toUpperCase())) return String(Date.parse(text.toUpperCase()));
	// As a number, `true` is 1.
	if (text === 'true' || text === 'false') return String(Number(text === 'true'));
	return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

/** Whether two values are the same, however a service writes them: case, blanks, numbers as text. */
export function isSame(present: unknown, wanted: unknown, path: string): boolean {
	const [one, other] = [String(present), String(wanted)];
	if (one === other) return true;
	if (OF_DIGITS.test(path) && digitsIn(other) !== '') return digitsIn(one) === digitsIn(other);
	if ([present, wanted].some((value) => typeof value === 'number')) {
		return Number(present) === Number(wanted);
	}
	if (MOMENT.test(one) && MOMENT.test(other)) return Date.parse(one) === Date.parse(other);
	return plain(one) === plain(other);
}

function digitsIn(text: string): string {
	return text.replace(/\D/g, '');
}

function plain(text: string): string {
	return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
