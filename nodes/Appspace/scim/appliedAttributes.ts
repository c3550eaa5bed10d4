import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { eachHasLike, isSame } from './alike';
import { changesTo, type Change } from './changes';

/** An attribute by its own name, which is where a record has it; `name.givenName` leads on from there. */
const PLAIN_NAME = /^[a-z$][\w$-]*$/i;
/** No service gives it back (RFC 7643 4.1.1). */
const NEVER_SHOWN = /^password$/i;
/** What labels a value among several (RFC 7643 2.4); a service that keeps none of it keeps the value. */
const LABELS = /^(type|primary|display|\$ref)$/i;
/** The one attribute whose letter case always counts (RFC 7643 3.1). */
const CASE_COUNTS = /^externalId$/i;

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
	const changes = changesTo(record, Object.fromEntries(shown), agrees);
	const differing = new Set(changes.map(({ path }) => path));
	return sent
		.filter(({ path }) => differing.has(path))
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
			eachHasLike(parts, list, path, (one, part) => agrees(one, part, path)) &&
			eachHasLike(list, parts, path, (part, one) => agrees(one, part, path))
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
	if (isNothing(value) || typeof value === 'object') return false;
	return CASE_COUNTS.test(path) ? String(value) === String(wanted) : isSame(value, wanted, path);
}

/** No value, in all the ways of saying so (RFC 7643 2.5). */
function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (isRecord(value)) return Object.values(value).every(isNothing);
	return value === undefined || value === null || value === '';
}
