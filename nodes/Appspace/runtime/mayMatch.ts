import { anyContains, isSameText } from './pick';

/*
 * Appspace ignores filters that it does not know, without a word (appspace-api.md 5.3), so records are
 * checked here as well. A record is dropped only where it shows a field that contradicts the filter: a
 * field that is absent, empty or of another form than the known one proves nothing.
 */

/** Whether a field may be this text, in upper or lower case. */
export function mayBe(value: unknown, wanted: unknown): boolean {
	return wanted === undefined || !isShown(value) || isSameText(value, wanted);
}

/**
 * Whether a field may be one of these words; with none named, it may. Enumerations come as numbers at
 * times (appspace-api.md 3.2): a number neither proves nor contradicts a word.
 */
export function mayBeOneOf(value: unknown, words: unknown[]): boolean {
	if (words.length === 0 || !isShown(value)) return true;
	return words.some((word) => isSameText(value, word) || isNumber(value) !== isNumber(word));
}

/** Whether one of the fields may contain this text; where none is shown, any may. */
export function mayContain(values: unknown[], text: unknown): boolean {
	const shown = values.filter(isShown);
	return shown.length === 0 || anyContains(shown, text);
}

/** Whether a field may be this number or more. */
export function mayReach(value: unknown, least: unknown): boolean {
	return least === undefined || !isNumber(value) || Number(value) >= Number(least);
}

/** Whether a list may hold one of these texts; entries are texts, or records with an `id`. */
export function mayHold(list: unknown, wanted: unknown[]): boolean {
	if (wanted.length === 0 || !Array.isArray(list)) return true;
	return (list as unknown[]).some((entry) => {
		const value = isShown(entry) ? entry : (entry as { id?: unknown } | null)?.id;
		return wanted.some((one) => mayBe(value, one));
	});
}

/** Whether a value is text or a number, and not empty. */
export function isShown(value: unknown): value is string | number {
	return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}

function isNumber(value: unknown): boolean {
	return isShown(value) && Number.isFinite(Number(value));
}
