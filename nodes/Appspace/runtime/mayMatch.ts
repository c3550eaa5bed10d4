import { anyContains, isSameText } from './pick';

/*
 * Appspace silently ignores unknown filters (appspace-api.md 5.3), so the node checks records as well. It
 * drops a record only if a field contradicts the filter. A field that is missing, empty, or in an unknown
 * form proves nothing.
 */

/** Whether a field may be this text, ignoring case. */
export function mayBe(value: unknown, wanted: unknown): boolean {
	return wanted === undefined || !isShown(value) || isSameText(value, wanted);
}

/**
 * Whether a field may be one of these words; true if there are none. Enumerations sometimes arrive as
 * numbers (appspace-api.md 3.2), and a number neither proves nor contradicts a word.
 */
export function mayBeOneOf(value: unknown, words: unknown[]): boolean {
	if (words.length === 0 || !isShown(value)) return true;
	return words.some((word) => isSameText(value, word) || isNumber(value) !== isNumber(word));
}

/** Whether one of the fields may contain this text; true if all of them are empty. */
export function mayContain(values: unknown[], text: unknown): boolean {
	const shown = values.filter(isShown);
	return shown.length === 0 || anyContains(shown, text);
}

/** Whether a field may be this number or greater. */
export function mayReach(value: unknown, least: unknown): boolean {
	return least === undefined || !isNumber(value) || Number(value) >= Number(least);
}

/** Whether a list may contain one of these texts. Entries are texts, or records with an `id`. */
export function mayHold(list: unknown, wanted: unknown[]): boolean {
	if (wanted.length === 0 || !Array.isArray(list)) return true;
	return (list as unknown[]).some((entry) => {
		const value = isShown(entry) ? entry : (entry as { id?: unknown } | null)?.id;
		return wanted.some((one) => mayBe(value, one));
	});
}

/** Whether a value is a number or text that is not empty. */
export function isShown(value: unknown): value is string | number {
	return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

function isNumber(value: unknown): boolean {
	return isShown(value) && Number.isFinite(Number(value));
}
