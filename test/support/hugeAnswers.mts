type Json = Record<string, unknown>;

/** How to inflate a valid response. */
export type Inflation = 'different' | 'same' | 'texts';

/** Names of IDs. Each record of a huge list needs different ones. */
const NAMES_OF_KEYS = /^(id|key|value|name|email|userName|targetId|userId|resourceId|contentId)$/;
/** Texts that say what a record is. If they changed, operations would ignore the record. */
const KEPT_TEXTS = /(id|at|ids|type|status|url|urls|version|schemas|key|userName|ref)$/i;
/** Text that is slow to match and to compare. */
const PIECES = [' ', '/', '"', '\\', 'a@', '{', '<', '%41', '\u00df', '1', ' \t\n', 'Bearer '];
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const LONGEST_TEXT = 100_000;

/**
 * A response in which every list has `count` entries, or every text is as long as a book. Only the first
 * entry of a list is inflated, or there would be no end.
 */
export function inflated(answer: unknown, how: Inflation, count: number): unknown {
	let piece = 0;
	const inflate = (value: unknown, name = ''): unknown => {
		if (Array.isArray(value)) {
			return how === 'texts' ? value.slice(0, 1).map((one) => inflate(one)) : list(value);
		}
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value).map(([key, inner]) => [key, inflate(inner, key)]),
			);
		}
		if (how !== 'texts' || typeof value !== 'string' || KEPT_TEXTS.test(name)) return value;
		const text = PIECES[piece++ % PIECES.length]!;
		return text.repeat(LONGEST_TEXT / text.length);
	};
	const list = (entries: unknown[]): unknown[] => {
		const first = entries[0] ?? { id: 'x', value: 'x', name: 'x' };
		const huge = Array.from({ length: count }, (_, index) => copyOf(first, how, index));
		huge[0] = inflate(first);
		return huge;
	};
	return inflate(answer);
}

function copyOf(entry: unknown, how: Inflation, index: number): unknown {
	if (typeof entry === 'string') return how === 'same' ? entry : `${entry}${index}`;
	if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
	if (how === 'same') {
		const { id: _, ...rest } = entry as Json;
		// With different labels, or the first entry would be enough.
		const other = 'value' in rest ? { ...rest, display: `${index}` } : rest;
		return Object.fromEntries(Object.entries(other).map(([name, inner]) => [name, local(inner)]));
	}
	return Object.fromEntries(
		Object.entries(entry as Json).map(([name, value]) => [
			name,
			NAMES_OF_KEYS.test(name) && typeof value === 'string' ? `${value}${index}` : value,
		]),
	);
}

/** A time without its offset, which has to be computed. */
function local(value: unknown): unknown {
	return typeof value === 'string' && MOMENT.test(value) ? value.slice(0, -1) : value;
}
