import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { textIn } from '../../runtime/parameterValues';
import { refuseInexact } from '../../transport/exactNumbers';
import { badInput, type RequestFailed } from '../../transport/failure';
import { pageIn } from '../../transport/page';

/** Enough visitors to find one with custom fields. */
const VISITORS_TO_LOOK_AT = 20;

/**
 * All custom fields of a visitor, with the named ones changed. It is not public whether Appspace merges or
 * replaces the list, so the node sends the whole list.
 *
 * @throws RequestFailed if the visitor may have fields that the write would lose
 */
export async function allCustomFields(
	call: Call,
	visitor: IDataObject,
	named: IDataObject[],
): Promise<IDataObject[]> {
	const isUnseen = visitor.customFields === undefined && !(await areShownElsewhere(call));
	if (isUnseen) throw notWritable('Appspace does not show the custom fields of this visitor');
	return withCustomFields(visitor.customFields ?? [], named);
}

/**
 * The existing custom fields, with new values for the named ones. Fields that do not exist yet come last.
 *
 * @throws RequestFailed if the existing fields have an unknown shape, which cannot be written back
 */
export function withCustomFields(present: unknown, named: IDataObject[]): IDataObject[] {
	if (!Array.isArray(present) || !present.every(isCustomField)) {
		throw notWritable('Appspace shows the custom fields of this visitor in an unknown format');
	}
	refuseInexact(present, 'customFields');
	const given = groupedById(named);
	const places = groupedById(present);
	const isRepeated = [...given.keys()].some((id) => (places.get(id) ?? []).length > 1);
	if (isRepeated) {
		throw notWritable('Appspace shows several values for one of these custom fields');
	}
	return [
		...present.flatMap((field) => {
			const values = (given.get(keyOf(field)) ?? []).map(({ value }) => ({ ...field, value }));
			return values.length > 0 ? values : [field];
		}),
		...named.filter((field) => !places.has(keyOf(field))),
	];
}

function groupedById(fields: IDataObject[]): Map<string, IDataObject[]> {
	const byId = new Map<string, IDataObject[]>();
	for (const field of fields) {
		const alike = byId.get(keyOf(field));
		if (alike) alike.push(field);
		else byId.set(keyOf(field), [field]);
	}
	return byId;
}

/** Identifies a field. IDs are not case-sensitive. */
export function keyOf({ id }: IDataObject): string {
	return String(id).toLowerCase();
}

/** Custom fields have `id` and `value` (appspace-api.md 5.6). The ID is enough to write one back. */
function isCustomField(entry: unknown): entry is IDataObject {
	if (typeof entry !== 'object' || entry === null) return false;
	const { id } = entry as IDataObject;
	return textIn(id) !== undefined && id !== '';
}

/** If other visitors show custom fields, a visitor without the list simply has none. */
async function areShownElsewhere(call: Call): Promise<boolean> {
	return await call.memoize('whether visitors show custom fields', async () => {
		const query = { start: 0, limit: VISITORS_TO_LOOK_AT };
		const page = await call.request({ path: 'visitormanagement/visitors', query });
		return pageIn(page).records.some(({ customFields }) => customFields !== undefined);
	});
}

function notWritable(message: string): RequestFailed {
	return badInput(
		message,
		'Nothing was sent, because those fields could be lost. Change them in the Appspace console. You can still update the other fields of the visitor here.',
	);
}
