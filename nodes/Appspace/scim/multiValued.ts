import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, entries, entryValue, keyOf, type Value } from '../transport/scim/attributes';

/** Several values in one text, which is not how SCIM writes them (RFC 7643 2.4). */
const SEVERAL_IN_ONE = /[,;\n]/;

/**
 * The entries of an attribute, each in the form in which it was read, to be written back with one of them
 * changed.
 *
 * @throws RequestFailed if one has a form that cannot be written back and would be lost
 */
export function writableEntries(record: IDataObject, name: string): Value[] {
	const list = entries(record, name);
	const present = attribute(record, name);
	const isJoined = typeof present === 'string' && SEVERAL_IN_ONE.test(present);
	if (!isJoined && list.every(isWritable)) return list;
	throw badInput(
		`The attribute "${name}" has values in a form that cannot be written back`,
		'Nothing was sent, since the values would be lost. Change this attribute in the Appspace console, or enter the whole list under "Custom Attributes".',
	);
}

function isWritable(entry: Value): boolean {
	return isRecord(entry) || typeof entry === 'string' || typeof entry === 'number';
}

/** The primary entry, or the first one if none is primary. */
export function mainOf(list: Value[]): Value {
	return list.find(isPrimary) ?? list[0];
}

/** The list with another value in its main entry; a list without entries gets a primary one. */
export function withMain(list: Value[], value: string): Value[] {
	const main = mainOf(list);
	if (main === undefined) return [{ value, type: 'work', primary: true }];
	return replaced(list, main, value);
}

/**
 * The list with this value in place of the one of its type, or behind the others. Some services keep no
 * types: there, a value that is in the list is not put into it again.
 */
export function withTyped(list: Value[], entry: { type: string; value: string }): Value[] {
	const { type, value } = entry;
	const same = mainOf(list.filter((one) => isSameText(attribute(one, 'type'), type)));
	if (same !== undefined) return replaced(list, same, value);
	const untyped = list.filter((one) => attribute(one, 'type') === undefined);
	return [...list, ...(withAlso(untyped, entry).length > untyped.length ? [entry] : [])];
}

/** The list with this entry behind the others, unless one of them has its value. */
export function withAlso(list: Value[], entry: { type: string; value: string }): Value[] {
	return list.some((one) => isSameText(entryValue(one), entry.value)) ? list : [...list, entry];
}

/** By position, because plain values may be equal. */
function replaced(list: Value[], entry: Value, value: string): Value[] {
	const place = list.indexOf(entry);
	const changed = isRecord(entry) ? { ...entry, [keyOf(entry, 'value')]: value } : value;
	return list.map((one, index) => (index === place ? changed : one));
}

/** Whether an entry is the primary one; some services write what is true as text. */
export function isPrimary(entry: Value): boolean {
	return booleanIn(attribute(entry, 'primary')) === true;
}
