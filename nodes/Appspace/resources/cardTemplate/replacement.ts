import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
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

/**
 * Compares the template read back with what was written. Fields that Appspace adds are fine.
 *
 * @throws RequestFailed if a written field differs, or an existing field is missing
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
		description: `Different after the change: ${firstFew(differing)}. Someone else may have changed it at the same time. Check the template and run the operation again.`,
	});
}

/** Whether `whole` contains everything in `part`. Arrays need the same length. */
function holds(whole: unknown, part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return (whole ?? null) === (part ?? null);
	if (typeof whole !== 'object' || whole === null) return false;
	if (Array.isArray(part) && (whole as unknown[]).length !== part.length) return false;
	return Object.entries(part).every(([key, value]) => holds((whole as IDataObject)[key], value));
}
