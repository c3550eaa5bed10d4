import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import {
	attribute,
	entries,
	entryValue,
	keyOf,
	severalIn,
	type Value,
} from '../transport/scim/attributes';
import { everyHasMatch } from './alike';

/** An attribute and its new value; null removes it. */
export interface Change {
	/** A path as in RFC 7644 3.10. */
	path: string;
	value: Value;
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** Case does not count in these, and services change it (RFC 7643 8.7.1). */
const CASELESS = /^(userName|emails|urn:.*:manager)$/i;

/**
 * The changes that give a record the wanted values. For a complex attribute (`name`) or an extension,
 * compares only the named sub-attributes; for a multi-valued one (`emails`), the whole list.
 *
 * @param wanted attributes by name, those of an extension under its URN; null removes one
 * @param isSo whether the present value already is the wanted one
 * @throws RequestFailed if a single object would replace several values
 */
export function changesTo(
	record: IDataObject,
	wanted: IDataObject,
	isSo: (present: Value, wanted: Value, path: string) => boolean = isAlreadySo,
): Change[] {
	const changeOf = (path: string, present: Value, value: Value): Change[] =>
		isSo(present, value, path) ? [] : [{ path, value }];
	return Object.entries(wanted).flatMap(([name, value]) => {
		const present = attribute(record, name);
		if (!isRecord(value)) return changeOf(name, present, value);
		if (Array.isArray(present)) throw needsList(name);
		const mark = /^urn:/i.test(name) ? ':' : '.';
		return Object.entries(value).flatMap(([within, part]) =>
			changeOf(`${name}${mark}${within}`, attribute(present, within), part),
		);
	});
}

function isAlreadySo(present: Value, wanted: Value, path: string): boolean {
	return holds(present, wanted, path, CASELESS.test(path));
}

/** A single object would replace all values of the list. */
function needsList(name: string) {
	return badInput(
		`The attribute "${name}" has several values and cannot be replaced by a single object`,
		'Under "Custom Attributes", enter the whole list, such as [{ "value": "..." }].',
	);
}

/** The PATCH message for the changes (RFC 7644 3.5.2). "replace" also adds a value that is missing. */
export function patchOf(changes: Change[]): IDataObject {
	const Operations = changes.map(({ path, value }) =>
		value === null ? { op: 'remove', path } : { op: 'replace', path, value },
	);
	return { schemas: [PATCH_OP], Operations };
}

/** A PATCH message with the given operations. */
export function patchWith(Operations: IDataObject[]): IDataObject {
	return { schemas: [PATCH_OP], Operations };
}

/**
 * The whole record with the wanted values, for a service without PATCH (RFC 7644 3.5.1). Leaves out
 * attributes that only the service can write.
 */
export function replacementOf(record: IDataObject, wanted: IDataObject): IDataObject {
	const whole = merged(record, wanted);
	const schemas = entries(whole, 'schemas').map(String);
	for (const name of ['meta', 'groups', 'schemas']) delete whole[keyOf(whole, name)];
	const isNew = (name: string) => !schemas.some((schema) => isSameText(schema, name));
	return { ...whole, schemas: [...schemas, ...extensionsIn(whole).filter(isNew)] };
}

/** The URNs of the extensions in a record. */
export function extensionsIn(record: IDataObject): string[] {
	return Object.keys(record).filter((name) => /^urn:/i.test(name));
}

/** The record with the wanted values; null removes one. */
export function merged(record: IDataObject, wanted: IDataObject): IDataObject {
	const whole = new Map(Object.entries(record));
	for (const [name, value] of Object.entries(wanted)) {
		const key = keyOf(record, name);
		const present = whole.get(key);
		if (value === null) whole.delete(key);
		else if (isRecord(value)) whole.set(key, merged(referring(present, value), value));
		else whole.set(key, value);
	}
	return Object.fromEntries(whole);
}

/** The object that receives a new value, without details of the old one, such as its address. */
function referring(present: Value, { value }: IDataObject): IDataObject {
	if (!isRecord(present)) return {};
	if (value === undefined || isSameText(attribute(present, 'value'), value)) return present;
	const stale = ['$ref', 'display', 'displayName'].map((name) => keyOf(present, name));
	return Object.fromEntries(Object.entries(present).filter(([name]) => !stale.includes(name)));
}

/**
 * Whether a value is the wanted one. Ignores what the service adds (`display`, `$ref`), the order of
 * several values, and whether a value is an object or plain.
 */
function holds(present: Value, wanted: Value, path: string, isCaseless: boolean): boolean {
	if (isEmpty(wanted)) return isEmpty(present);
	if (Array.isArray(wanted)) {
		const [list, parts] = [severalIn(present), wanted as Value[]];
		return (
			everyHasMatch(parts, list, path, (one, part) => holds(one, part, path, isCaseless)) &&
			everyHasMatch(list, parts, path, (part, one) => holds(one, part, path, isCaseless))
		);
	}
	if (isRecord(wanted)) {
		if (!isRecord(present))
			return hasValueAlone(wanted) && holds(present, entryValue(wanted), path, isCaseless);
		return Object.entries(wanted).every(([name, part]) =>
			holds(attribute(present, name), part, path, isCaseless),
		);
	}
	const value = entryValue(present);
	if (isEmpty(value) || typeof value === 'object') return false;
	if (typeof wanted === 'boolean') return booleanIn(value) === wanted;
	return isCaseless ? isSameText(value, wanted) : String(value) === String(wanted);
}

function hasValueAlone(entry: IDataObject): boolean {
	return Object.keys(entry).every((name) => isSameText(name, 'value'));
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
