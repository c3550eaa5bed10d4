import { isRecord } from '../transport/record';

/** An object from an untrusted document. Only its own properties count. */
export type JsonObject = Record<string, unknown>;

/** Names that reach the prototype of objects; no description needs them. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/** An own property of an object; undefined if it is inherited or the value is not an object. */
export function own(value: unknown, name: string): unknown {
	const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
	return isThere ? (value as JsonObject)[name] : undefined;
}

/** The properties of an object, without names that no description needs. */
export function entriesOf(value: unknown): Array<[name: string, value: unknown]> {
	return isRecord(value) ? Object.entries(value).filter(([name]) => isUsableName(name)) : [];
}

/** Whether a name can serve as the name of a parameter or field: a single line without quotation marks. */
export function isUsableName(name: unknown): name is string {
	if (typeof name !== 'string' || FORBIDDEN.includes(name)) return false;
	return name.trim() !== '' && name.length <= 200 && !/["\p{Cc}\p{Surrogate}]/u.test(name);
}

export function arrayOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The text as a single line of at most `most` characters; empty for any other value. */
export function lineOf(value: unknown, most = 200): string {
	if (typeof value !== 'string') return '';
	const line = value
		.slice(0, 4 * most)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > most ? `${line.slice(0, most - 3).trimEnd()}...` : line;
}
