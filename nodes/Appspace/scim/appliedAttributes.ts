import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isSameText } from '../runtime/pick';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { everyHasMatch, isCaseExact, isSame } from './alike';
import { changesTo, type Change } from './changes';

/** The plain name of an attribute; a path such as `name.givenName` is not one. */
const PLAIN_NAME = /^[a-z$][\w$-]*$/i;
/** Services never return it (RFC 7643 4.1.1). */
const NEVER_RETURNED = /^password$/i;
/**
 * Sub-attributes that only label a value (RFC 7643 2.4). A service may drop them and still keep the value.
 */
const LABELS = /^(type|primary|display|\$ref)$/i;

/**
 * The attributes that were sent but that the record does not show as requested. Ignores differences in how
 * services write values (case, whitespace, order, numbers as text) and anything they add.
 *
 * @param wanted the attributes from which the changes were computed
 * @returns their paths; without the URN for those of an extension
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
	return !NEVER_RETURNED.test(name) && (isRecord(value) || PLAIN_NAME.test(name));
}

/** Whether a value is the wanted one, apart from how the service writes it. */
function agrees(present: Value, wanted: Value, path: string): boolean {
	if (isNothing(wanted)) return isNothing(present);
	if (Array.isArray(wanted)) {
		const [list, parts] = [severalIn(present), wanted as Value[]];
		return (
			everyHasMatch(parts, list, path, (one, part) => agrees(one, part, path)) &&
			everyHasMatch(list, parts, path, (part, one) => agrees(one, part, path))
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
	return isCaseExact(path) ? String(value) === String(wanted) : isSame(value, wanted, path);
}

/** Whether there is no value, in any of the forms that count as none (RFC 7643 2.5). */
function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (isRecord(value)) return Object.values(value).every(isNothing);
	return value === undefined || value === null || value === '';
}
