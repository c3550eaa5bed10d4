import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { textIn } from '../../runtime/parameterValues';
import { refuseInexact } from '../../transport/exactNumbers';
import { badInput, type RequestFailed } from '../../transport/failure';
import { pageIn } from '../../transport/page';

/** Enough to find a visitor who shows custom fields among them. */
const VISITORS_TO_LOOK_AT = 20;

/**
 * All custom fields of a visitor, to be written with the named ones changed. Whether Appspace merges the list
 * or replaces it is not public, so it is sent whole.
 *
 * @throws RequestFailed where the visitor may have fields that would be lost
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
 * The custom fields with the named ones in the places of those with the same ID, or behind them; all others
 * as they were read.
 *
 * @throws RequestFailed for a form that is not known, and so cannot be written back
 */
export function withCustomFields(present: unknown, named: IDataObject[]): IDataObject[] {
	if (!Array.isArray(present) || !present.every(isCustomField)) {
		throw notWritable(
			'Appspace shows the custom fields of this visitor in a form that is not known',
		);
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

/** Letter case does not count in the ID of a field. */
export function keyOf({ id }: IDataObject): string {
	return String(id).toLowerCase();
}

/** `{ id, value }` (appspace-api.md 5.6), and what else Appspace says of it. */
function isCustomField(entry: unknown): entry is IDataObject {
	if (typeof entry !== 'object' || entry === null) return false;
	const { id } = entry as IDataObject;
	return textIn(id) !== undefined && id !== '';
}

/** A tenant that shows custom fields of other visitors leaves the list out where there are none. */
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
		'Nothing was sent, since those fields could be lost. Change them in the Appspace console; other fields of the visitor can be updated here.',
	);
}
