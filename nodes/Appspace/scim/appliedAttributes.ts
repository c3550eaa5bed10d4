import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { changesTo, type Change } from './changes';

/** An attribute by its own name, which is where a record has it; `name.givenName` leads on from there. */
const PLAIN_NAME = /^[a-z$][\w$-]*$/i;
/** No service gives it back (RFC 7643 4.1.1). */
const NEVER_SHOWN = /^password$/i;
/** What labels a value among several (RFC 7643 2.4); a service that keeps none of it keeps the value. */
const LABELS = /^(type|primary|display|\$ref)$/i;
/** The one attribute whose letter case always counts (RFC 7643 3.1). */
const CASE_COUNTS = /^externalId$/i;
/** Services put numbers into the form of RFC 3966 (RFC 7643 4.1.2). */
const OF_DIGITS = /^phoneNumbers$/i;
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/**
 * The attributes that were sent and that a record does not have as they were asked for. How a service writes
 * a value is its own affair: letter case, blanks, order, numbers as text. So is what it adds.
 *
 * @param wanted what the changes were worked out from
 * @returns their paths, those of an extension without its URN
 */
export function unappliedAttributes(
	record: IDataObject,
	wanted: IDataObject,
	sent: Change[],
): string[] {
	const shown = Object.entries(wanted).filter(([name, value]) => isShown(name, value));
	const differing = changesTo(record, Object.fromEntries(shown), agrees).map(({ path }) => path);
	return sent
		.filter(({ path }) => differing.includes(path))
		.map(({ path }) => path.replace(/^urn:.*:/i, ''));
}

function isShown(name: string, value: unknown): boolean {
	return !NEVER_SHOWN.test(name) && (isRecord(value) || PLAIN_NAME.test(name));
}

/** Whether a value is what is wanted, however the service writes it. */
function agrees(present: Value, wanted: Value, path: string): boolean {
	if (isNothing(wanted)) return isNothing(present);
	if (Array.isArray(wanted)) {
		const [list, parts] = [severalIn(present), wanted as Value[]];
		return (
			parts.every((part) => list.some((one) => agrees(one, part, path))) &&
			list.every((one) => parts.some((part) => agrees(one, part, path)))
		);
	}
	if (isRecord(wanted)) {
		return Object.entries(wanted).every(([name, part]) => {
			const isPlain = !isRecord(present) && isSameText(name, 'value');
			const value = isPlain ? present : attribute(present, name);
			return (value === undefined && LABELS.test(name)) || agrees(value, part, path);
		});
	}
	const value = entryValue(present);
	if (typeof wanted === 'boolean') return booleanIn(value) === wanted;
	return !isNothing(value) && typeof value !== 'object' && isSame(value, wanted, path);
}

function isSame(present: unknown, wanted: unknown, path: string): boolean {
	const [one, other] = [String(present), String(wanted)];
	if (one === other || CASE_COUNTS.test(path)) return one === other;
	if ([present, wanted].some((value) => typeof value === 'number')) {
		return Number(present) === Number(wanted);
	}
	if (MOMENT.test(one) && MOMENT.test(other)) return Date.parse(one) === Date.parse(other);
	if (OF_DIGITS.test(path) && digitsIn(other) !== '') return digitsIn(one) === digitsIn(other);
	return plain(one) === plain(other);
}

function digitsIn(text: string): string {
	return text.replace(/\D/g, '');
}

function plain(text: string): string {
	return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** No value, in all the ways of saying so (RFC 7643 2.5). */
function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (isRecord(value)) return Object.values(value).every(isNothing);
	return value === undefined || value === null || value === '';
}
