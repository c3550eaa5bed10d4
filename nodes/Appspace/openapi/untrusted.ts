import { isRecord } from '../transport/record';

/** An object of a document that nobody vouches for; only its own properties mean anything. */
export type JsonObject = Record<string, unknown>;

/** Names that would reach the prototype of everything; no description has a use for them. */
const NEVER = ['__proto__', 'constructor', 'prototype'];

/** A property of the object itself; undefined for what it inherits, and for everything but an object. */
export function own(value: unknown, name: string): unknown {
	const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
	return isThere ? (value as JsonObject)[name] : undefined;
}

/** The properties of an object, without those that no description has a use for. */
export function entriesOf(value: unknown): Array<[name: string, value: unknown]> {
	return isRecord(value) ? Object.entries(value).filter(([name]) => isUsableName(name)) : [];
}

/** Whether a name may become one of a parameter's or a field's: on one line, and without quotes. */
export function isUsableName(name: unknown): name is string {
	if (typeof name !== 'string' || NEVER.includes(name)) return false;
	return name.trim() !== '' && name.length <= 200 && !/["\p{Cc}\p{Surrogate}]/u.test(name);
}

export function arrayOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Text on one line, at most `most` characters; empty for everything else. */
export function lineOf(value: unknown, most = 200): string {
	if (typeof value !== 'string') return '';
	const line = value
		.slice(0, 4 * most)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > most ? `${line.slice(0, most - 3).trimEnd()}...` : line;
}
