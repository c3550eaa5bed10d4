import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../transport/record';

/**
 * The IDs of the spaces that an event or a reservation occupies, in lowercase. Appspace returns a list of
 * IDs, records with `resourceId` or `id`, or either of them in a nested reservation (appspace-api.md 5.5).
 */
export function spaceIdsIn(booking: IDataObject): string[] {
	const { reservation } = booking;
	const ids = [booking, ...(isRecord(reservation) ? [reservation] : [])].flatMap((one) => [
		...(Array.isArray(one.resourceIds) ? (one.resourceIds as unknown[]) : []),
		...resourcesIn(one).map(({ resourceId, id }) => resourceId ?? id),
	]);
	return [...new Set(ids.filter((id) => typeof id === 'string').map((id) => id.toLowerCase()))];
}

/** The names of these spaces, as far as the booking shows them. */
export function spaceNamesIn(booking: IDataObject): string[] {
	const names = resourcesIn(booking).map(({ resourceName, name }) => resourceName ?? name);
	return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

/** Whether a booking occupies one of the spaces. An empty list matches every booking. */
export function takesUp(booking: IDataObject, spaceIds: string[]): boolean {
	const wanted = new Set(spaceIds.map((id) => id.toLowerCase()));
	return wanted.size === 0 || spaceIdsIn(booking).some((id) => wanted.has(id));
}

/** Whether a booking may occupy one of the spaces: it does so, or it does not show all of its spaces. */
export function mayTakeUp(booking: IDataObject, spaceIds: string[]): boolean {
	return takesUp(booking, spaceIds) || !showsAllSpaces(booking);
}

/** Whether a booking shows all of its spaces, or that it has none. */
export function showsAllSpaces(booking: IDataObject): boolean {
	const lists = listsIn(booking);
	const isEmpty = lists.length > 0 && lists.flat().length === 0;
	return isEmpty || lists.some((list) => list.length > 0 && list.every(isText));
}

/** The lists of spaces in a booking: an ID for each space, or undefined if the record shows none. */
function listsIn({ reservation, resourceIds, resources }: IDataObject): unknown[][] {
	return [
		...(Array.isArray(resourceIds) ? [resourceIds as unknown[]] : []),
		...(Array.isArray(resources) ? [(resources as unknown[]).map(idIn)] : []),
		...(isRecord(reservation) ? listsIn(reservation) : []),
	];
}

function idIn(resource: unknown): unknown {
	return isRecord(resource) ? (resource.resourceId ?? resource.id) : undefined;
}

function resourcesIn({ resources }: IDataObject): IDataObject[] {
	return Array.isArray(resources) ? (resources as unknown[]).filter(isRecord) : [];
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}
