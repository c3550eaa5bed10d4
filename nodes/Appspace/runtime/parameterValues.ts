import type { IDataObject } from 'n8n-workflow';
import { isExact } from '../transport/exactNumbers';
import { badInput } from '../transport/failure';

/** A decimal number as people and spreadsheets write it, without other bases or digit grouping. */
const NUMERIC = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const SPELLINGS: Record<string, boolean> = {
	...{ true: true, yes: true, 1: true },
	...{ false: false, no: false, 0: false },
};

/** The values without empty ones. Trims text and reduces locators to their contents. */
export function filledIn(values: Record<string, unknown>): IDataObject {
	const filled = Object.entries(values).flatMap(([name, value]) => {
		const plain = isLocator(value) ? value.value : value;
		const trimmed = typeof plain === 'string' ? plain.trim() : plain;
		return isGiven(trimmed) ? [[name, trimmed]] : [];
	});
	return Object.fromEntries(filled) as IDataObject;
}

/** Whether there is a value: undefined, null, and blank text do not count. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && !(typeof value === 'string' && isBlank(value));
}

/** A boolean in any spelling: true and false, yes and no, 1 and 0, in any case; otherwise undefined. */
export function booleanIn(value: unknown): boolean | undefined {
	if (typeof value === 'object') return undefined;
	const word = String(value).trim().toLowerCase();
	return Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;
}

/** A number, or the number in a text; NaN for anything else and for rounded integers. */
export function numberIn(value: unknown): number {
	const isNumeric = typeof value === 'string' && NUMERIC.test(value.trim());
	const number = typeof value === 'number' || isNumeric ? Number(value) : NaN;
	return isExact(number) ? number : NaN;
}

/** A single value as text; undefined for lists, objects, and rounded numbers. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	// A date from n8n's date library.
	if (isObject(value) && typeof value.toISO === 'function') return textIn(value.toISO());
	const isOneValue = ['string', 'boolean', 'bigint'].includes(typeof value);
	return isOneValue ? String(value) : undefined;
}

/**
 * The text that an entry, such as a property, gives to what it names. An empty text is a value. No value at
 * all comes from an expression that finds nothing, and must not empty anything.
 *
 * @param name what the entry names
 * @param label the display name of the parameter that contains the entries
 * @throws RequestFailed if there is no value
 */
export function textOfEntry(value: unknown, name: string, label: string): string {
	if (value !== undefined && value !== null) return String(value);
	throw badInput(
		`The entry "${name}" under "${label}" has no value`,
		'Check the expression in "Value": it finds nothing. For an empty text, leave "Value" empty, or end the expression with ?? "".',
	);
}

/**
 * A deep copy that may be changed; the workflow keeps the original. A member that is undefined, such as the
 * result of an expression that finds nothing, counts as absent, as in JSON.
 */
export function copied<T>(value: T): T {
	if (Array.isArray(value)) return value.map(copied) as T;
	if (!isPlain(value)) return value;
	const members = Object.entries(value).filter(([, one]) => one !== undefined);
	return Object.fromEntries(members.map(([name, one]) => [name, copied(one)])) as T;
}

/** Whether a value is a resource locator as n8n stores it. */
export function isLocator(value: unknown): value is { __rl: true; value: IDataObject[string] } {
	return isObject(value) && '__rl' in value;
}

/**
 * The IDs in a parameter in any form: a list, comma-separated text, a single ID, or a resource locator with
 * any of these.
 *
 * @param label the name of the parameter that users see
 */
export function idsIn(value: unknown, label: string): string[] {
	const inner: unknown = isLocator(value) ? value.value : value;
	if (inner === undefined || inner === null) return [];
	const listed: unknown[] = typeof inner === 'string' ? inner.split(',') : [inner].flat();
	const ids = listed.map((part) => {
		const isID = typeof part === 'string' || typeof part === 'number';
		const id = isID ? textIn(part)?.trim() : undefined;
		if (id !== undefined) return id;
		throw badInput(
			`The parameter "${label}" contains something that is not an ID`,
			'Enter the ID as text, or several IDs separated by commas.',
		);
	});
	return [...new Set(ids)].filter((id) => id !== '');
}

function isBlank(text: string): boolean {
	return text.trim() === '';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isPlain(value: unknown): value is Record<string, unknown> {
	if (!isObject(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	// Data from another realm, such as n8n's expression sandbox, has a different Object.
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
