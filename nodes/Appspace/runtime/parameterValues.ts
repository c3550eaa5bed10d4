import type { IDataObject } from 'n8n-workflow';
import { isExact } from '../transport/exactNumbers';
import { badInput } from '../transport/failure';

/** A decimal number as people and spreadsheets write it; no other bases, no digit groups. */
const NUMERIC = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const SPELLINGS: Record<string, boolean> = {
	...{ true: true, yes: true, 1: true },
	...{ false: false, no: false, 0: false },
};

/** Without what was left empty; texts trimmed, locators reduced to what they hold. */
export function filledIn(values: Record<string, unknown>): IDataObject {
	const filled = Object.entries(values).flatMap(([name, value]) => {
		const plain = isLocator(value) ? value.value : value;
		const trimmed = typeof plain === 'string' ? plain.trim() : plain;
		return isGiven(trimmed) ? [[name, trimmed]] : [];
	});
	return Object.fromEntries(filled) as IDataObject;
}

/** Whether there is a value: undefined, null and blank text are none. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && !(typeof value === 'string' && isBlank(value));
}

/** True or false in each of its spellings: a boolean, yes and no, 1 and 0, in any case; else undefined. */
export function booleanIn(value: unknown): boolean | undefined {
	if (typeof value === 'object') return undefined;
	const word = String(value).trim().toLowerCase();
	return Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;
}

/** A number, or the one that a text shows; NaN for everything else, and for integers that were rounded. */
export function numberIn(value: unknown): number {
	const isNumeric = typeof value === 'string' && NUMERIC.test(value.trim());
	const number = typeof value === 'number' || isNumeric ? Number(value) : NaN;
	return isExact(number) ? number : NaN;
}

/** The text that one value stands for; undefined for lists, objects, and numbers that were rounded. */
export function textIn(value: unknown): string | undefined {
	if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	// A date of n8n's own library.
	if (isObject(value) && typeof value.toISO === 'function') return textIn(value.toISO());
	const isOneValue = ['string', 'boolean', 'bigint'].includes(typeof value);
	return isOneValue ? String(value) : undefined;
}

/** A copy whose objects and lists may be changed; the workflow goes on with the original. */
export function copied<T>(value: T): T {
	if (Array.isArray(value)) return value.map(copied) as T;
	if (!isPlain(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copied(one)])) as T;
}

/** Whether a value is a resource locator as n8n stores one. */
export function isLocator(value: unknown): value is { __rl: true; value: IDataObject[string] } {
	return isObject(value) && '__rl' in value;
}

/**
 * The IDs that a parameter holds, whatever form it has: a list, comma-separated text, one ID, or a
 * resource locator around any of these.
 *
 * @param label how users know the parameter
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
			`The parameter "${label}" holds something that is not an ID`,
			'Use text: the ID itself, or several IDs separated by commas.',
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
	// Data of another realm, such as n8n's sandbox for expressions, has another Object.
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
