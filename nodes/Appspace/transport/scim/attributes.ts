import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../record';

/** A value in a record. */
export type Value = IDataObject[string];

/** The schemas of RFC 7643 that the node sends. */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The value of an attribute. Names ignore case (RFC 7643 2.1). */
export function attribute(record: unknown, name: string): Value {
	if (!isRecord(record)) return undefined;
	const key = keyOf(record, name);
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A sub-attribute, such as `name.givenName`. */
export function inner(record: unknown, name: string, within: string): Value {
	return attribute(attribute(record, name), within);
}

/** The name of an attribute as the record spells it, or as given if the record does not have it. */
export function keyOf(record: IDataObject, name: string): string {
	if (Object.hasOwn(record, name)) return name;
	const wanted = name.toLowerCase();
	return Object.keys(record).find((key) => key.toLowerCase() === wanted) ?? name;
}

/** The entries of an attribute that may have several values, such as `emails`. */
export function entries(record: unknown, name: string): Value[] {
	return severalIn(attribute(record, name));
}

/**
 * The entries of a value in any form that services use: a list of objects, a list of plain values, or a
 * single one. Null and empty text are not entries (RFC 7643 2.5).
 */
export function severalIn(value: Value): Value[] {
	const list: Value[] = Array.isArray(value) ? value : [value];
	return list.filter((one) => one !== undefined && one !== null && one !== '');
}

/** The `value` of an entry, or the entry itself if it is a plain value. */
export function entryValue(entry: Value): Value {
	return isRecord(entry) ? attribute(entry, 'value') : entry;
}

/** The text of an attribute; undefined if it is empty or not text. */
export function textOf(record: unknown, name: string): string | undefined {
	const value = attribute(record, name);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The version of a record, for If-Match (RFC 7644 3.14). */
export function versionOf(record: unknown): string | undefined {
	return textOf(attribute(record, 'meta'), 'version');
}
