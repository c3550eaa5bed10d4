import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import { isGiven } from '../../runtime/parameterValues';
import { badInput, RequestFailed } from '../../transport/failure';
import { TEMPLATE_FIELDS } from './template';

/**
 * The whole template with some fields changed: Appspace replaces all of them.
 *
 * @throws RequestFailed if a field was neither read nor changed, because the write would lose it
 */
export function replacement(before: IDataObject, changes: IDataObject): IDataObject {
	const merged = { ...before, ...changes };
	const unknown = TEMPLATE_FIELDS.filter((name) => merged[name] === undefined);
	if (unknown.length === 0) {
		return Object.fromEntries(TEMPLATE_FIELDS.map((name) => [name, merged[name]]));
	}
	throw badInput(
		`Appspace returned the card template without ${unknown.join(', ')}`,
		'Nothing was changed, because Appspace replaces the whole template and these fields would be lost. Add them under "Update Fields" too.',
	);
}

type Comparison = (after: unknown, before: unknown, name: string) => boolean;

/** Names of what Appspace sets at each change, such as `updatedAt`, `lastModifiedBy`, and `version`. */
const STAMP = /^(created|updated|modified|changed|saved|last)|(version|revision|etag|hash)$/i;
/** Dates, and addresses, which can change with each answer. */
const STAMP_VALUE = /^(\d{4}-\d\d-\d\dT|https?:)/i;

/**
 * Compares the template read back with what was written, and its other fields with what they were before:
 * the body holds only what clients have been seen to send (appspace-api.md 5.2), so Appspace may reset the
 * rest. What Appspace adds is fine.
 *
 * @throws RequestFailed naming the fields that differ
 */
export function checkReplaced(before: IDataObject, written: IDataObject, after: IDataObject): void {
	const isAsWanted = (name: string) =>
		name in written ? holds(after[name], written[name]) : isKept(after[name], before[name], name);
	const names = new Set([...Object.keys(before), ...Object.keys(written)]);
	const differing = [...names].filter((name) => !isAsWanted(name));
	if (differing.length === 0) return;
	throw new RequestFailed({
		kind: 'input',
		message: 'The card template is not what was just written',
		description: `Different after the change: ${firstFew(differing)}. Someone else may have changed it at the same time, or Appspace may have reset a field that the node cannot write. Check the template and run the operation again.`,
	});
}

/** Whether a value that was not written is the same as before, or for a stamp, still there. */
function isKept(after: unknown, before: unknown, name: string): boolean {
	if (!isGiven(before)) return true;
	const isStamp = STAMP.test(name) || (typeof before === 'string' && STAMP_VALUE.test(before));
	return isStamp ? isGiven(after) : holds(after, before, isKept);
}

/** Whether `whole` contains everything in `part`. Arrays need the same length. `within` compares members. */
function holds(
	whole: unknown,
	part: unknown,
	within: Comparison = (one, other) => holds(one, other),
): boolean {
	if (typeof part !== 'object' || part === null) return (whole ?? null) === (part ?? null);
	if (typeof whole !== 'object' || whole === null) return false;
	if (Array.isArray(part) && (whole as unknown[]).length !== part.length) return false;
	return Object.entries(part).every(([name, one]) => {
		return within((whole as IDataObject)[name], one, name);
	});
}
