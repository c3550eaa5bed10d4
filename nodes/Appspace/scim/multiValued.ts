import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, entries, entryValue, keyOf, type Value } from '../transport/scim/attributes';

/** Several values joined in one string, which SCIM does not allow (RFC 7643 2.4). */
const SEVERAL_IN_ONE = /[,;\n]/;

/**
 * The entries of an attribute, unchanged, so that they can be written back with one of them updated.
 *
 * @throws RequestFailed if an entry has a form that cannot be written back and would be lost
 */
export function writableEntries(record: IDataObject, name: string): Value[] {
	const list = entries(record, name);
	const present = attribute(record, name);
	const isJoined = typeof present === 'string' && SEVERAL_IN_ONE.test(present);
	if (!isJoined && list.every(isWritable)) return list;
	throw badInput(
		`The attribute "${name}" has values in a form that cannot be written back`,
		'Nothing was sent, because those values would be lost. Change this attribute in the Appspace console, or enter the whole list under "Custom Attributes".',
	);
}

function isWritable(entry: Value): boolean {
	return isRecord(entry) || typeof entry === 'string' || typeof entry === 'number';
}

/** The primary entry, or the first one if there is none. */
export function mainOf(list: Value[]): Value {
	return list.find(isPrimary) ?? list[0];
}

/** Sets the value of the main entry. An empty list gets a primary entry. */
export function withMain(list: Value[], value: string): Value[] {
	const main = mainOf(list);
	if (main === undefined) return [{ value, type: 'work', primary: true }];
	return replaced(list, main, value);
}

/**
 * Replaces the entry of this type, or appends one. Some services do not store types: there, a value that is
 * already in the list is not added again.
 */
export function withTyped(list: Value[], entry: { type: string; value: string }): Value[] {
	const { type, value } = entry;
	const same = mainOf(list.filter((one) => isSameText(attribute(one, 'type'), type)));
	if (same !== undefined) return replaced(list, same, value);
	const untyped = list.filter((one) => attribute(one, 'type') === undefined);
	return [...list, ...(withAlso(untyped, entry).length > untyped.length ? [entry] : [])];
}

/** Appends the entry unless the list already has its value. */
export function withAlso(list: Value[], entry: { type: string; value: string }): Value[] {
	return list.some((one) => isSameText(entryValue(one), entry.value)) ? list : [...list, entry];
}

/** Replaces by position, because plain values may be equal. */
function replaced(list: Value[], entry: Value, value: string): Value[] {
	const place = list.indexOf(entry);
	const changed = isRecord(entry) ? { ...entry, [keyOf(entry, 'value')]: value } : value;
	return list.map((one, index) => (index === place ? changed : one));
}

/** Whether an entry is the primary one. Some services write `true` as text. */
export function isPrimary(entry: Value): boolean {
	return booleanIn(attribute(entry, 'primary')) === true;
}
