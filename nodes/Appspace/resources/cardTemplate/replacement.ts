import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import { badInput, RequestFailed } from '../../transport/failure';
import { TEMPLATE_FIELDS } from './template';

/**
 * The whole template as it has to be sent to change some of its fields.
 *
 * @throws RequestFailed when a field was neither read nor given: it would be lost
 */
export function replacement(before: IDataObject, changes: IDataObject): IDataObject {
	const merged = { ...before, ...changes };
	const unknown = TEMPLATE_FIELDS.filter((name) => merged[name] === undefined);
	if (unknown.length === 0) {
		return Object.fromEntries(TEMPLATE_FIELDS.map((name) => [name, merged[name]]));
	}
	throw badInput(
		`Appspace gave the card template without ${unknown.join(', ')}`,
		'Nothing was changed: Appspace replaces a template whole, and what is not sent would be lost. Fill in these fields under "Update Fields" too.',
	);
}

/**
 * Compares what was read back with what was written; what Appspace adds by itself does no harm.
 *
 * @throws RequestFailed when something is not as it was written, or a field that was there is gone
 */
export function checkReplaced(before: IDataObject, written: IDataObject, after: IDataObject): void {
	const isKept = (name: string) =>
		name in written
			? holds(after[name], written[name])
			: (before[name] ?? null) === null || (after[name] ?? null) !== null;
	const names = new Set([...Object.keys(before), ...Object.keys(written)]);
	const differing = [...names].filter((name) => !isKept(name));
	if (differing.length === 0) return;
	throw new RequestFailed({
		kind: 'input',
		message: 'The card template is not what was just written',
		description: `Different after the change: ${firstFew(differing)}. Somebody else may have changed it at the same time. Read the template and run the operation again.`,
	});
}

/** Whether everything in `part` is in `whole` as well. */
function holds(whole: unknown, part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return (whole ?? null) === (part ?? null);
	if (typeof whole !== 'object' || whole === null) return false;
	if (Array.isArray(part) && (whole as unknown[]).length !== part.length) return false;
	return Object.entries(part).every(([key, value]) => holds((whole as IDataObject)[key], value));
}
