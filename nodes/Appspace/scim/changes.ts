import type { IDataObject } from 'n8n-workflow';
import { attribute, isRecord, keyOf } from '../transport/scim/attributes';

type Value = IDataObject[string];

/** One attribute that is to have another value; null takes it away. */
export interface Change {
	/** As RFC 7644 3.10 writes attributes. */
	path: string;
	value: Value;
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** E-mail addresses, which services put into lower case. */
const CASELESS = /^(userName|emails)$/i;

/**
 * What has to change so that a record has the wanted values. Of a complex attribute (`name`) and of an
 * extension, only what is named counts; of one that has several values (`emails`), the whole list.
 *
 * @param wanted attributes by name, those of an extension under its URN; null for none
 * @param isSo whether a value that is there is the wanted one
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
		const mark = /^urn:/i.test(name) ? ':' : '.';
		return Object.entries(value).flatMap(([within, part]) =>
			changeOf(`${name}${mark}${within}`, attribute(present, within), part),
		);
	});
}

function isAlreadySo(present: Value, wanted: Value, path: string): boolean {
	// Some services write what is true or not as a text with a capital letter.
	return holds(present, wanted, CASELESS.test(path) || typeof wanted === 'boolean');
}

/** The message that makes the changes (RFC 7644 3.5.2). Replacing what is not there yet adds it. */
export function patchOf(changes: Change[]): IDataObject {
	const Operations = changes.map(({ path, value }) =>
		value === null ? { op: 'remove', path } : { op: 'replace', path, value },
	);
	return { schemas: [PATCH_OP], Operations };
}

/** A message with operations of one's own. */
export function patchWith(Operations: IDataObject[]): IDataObject {
	return { schemas: [PATCH_OP], Operations };
}

/**
 * The record with the wanted values, whole, for a service without PATCH (RFC 7644 3.5.1). Without what only
 * the service writes.
 */
export function replacementOf(record: IDataObject, wanted: IDataObject): IDataObject {
	const { schemas = [], ...whole } = merged(record, wanted);
	for (const name of ['meta', 'groups']) delete whole[keyOf(whole, name)];
	const extensions = Object.keys(whole).filter((name) => /^urn:/i.test(name));
	return { ...whole, schemas: [...new Set([...(schemas as string[]), ...extensions])] };
}

function merged(record: IDataObject, wanted: IDataObject): IDataObject {
	const whole = new Map(Object.entries(record));
	for (const [name, value] of Object.entries(wanted)) {
		const key = keyOf(record, name);
		const present = whole.get(key);
		if (value === null) whole.delete(key);
		else if (isRecord(value)) whole.set(key, merged(isRecord(present) ? present : {}, value));
		else whole.set(key, value);
	}
	return Object.fromEntries(whole);
}

/** Whether a value is what is wanted; what the service adds to it (`display`, `$ref`) does not matter. */
function holds(present: unknown, wanted: unknown, isCaseless: boolean): boolean {
	if (wanted === null || (Array.isArray(wanted) && wanted.length === 0)) return isEmpty(present);
	if (Array.isArray(wanted)) {
		const list = Array.isArray(present) ? present : [];
		const has = (part: unknown) => list.some((one) => holds(one, part, isCaseless));
		return list.length === wanted.length && wanted.every(has);
	}
	if (isRecord(wanted)) {
		return Object.entries(wanted).every(([name, part]) =>
			holds(attribute(present, name), part, isCaseless),
		);
	}
	if (isEmpty(present)) return isEmpty(wanted);
	const [one, other] = [String(present), String(wanted)];
	return isCaseless ? one.toLowerCase() === other.toLowerCase() : one === other;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
