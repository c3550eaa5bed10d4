import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../transport/record';

/**
 * The IDs of the spaces that an event or a reservation takes up. They sit in several shapes: a list of
 * IDs, records with `resourceId` or `id`, or all of that in a nested reservation (appspace-api.md 5.5).
 */
export function spaceIdsIn(booking: IDataObject): string[] {
	const { resourceIds } = booking;
	const ids = [
		...(Array.isArray(resourceIds) ? (resourceIds as unknown[]) : []),
		...resourcesIn(booking).map(({ resourceId, id }) => resourceId ?? id),
		...(isRecord(booking.reservation) ? spaceIdsIn(booking.reservation) : []),
	];
	return [...new Set(ids.filter((id) => typeof id === 'string').map((id) => id.toLowerCase()))];
}

/** The names of those spaces, as far as they are told. */
export function spaceNamesIn(booking: IDataObject): string[] {
	const names = resourcesIn(booking).map(({ resourceName, name }) => resourceName ?? name);
	return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

/** Whether a booking takes up one of the spaces; with none named, any does. */
export function takesUp(booking: IDataObject, spaceIds: string[]): boolean {
	const wanted = new Set(spaceIds.map((id) => id.toLowerCase()));
	return wanted.size === 0 || spaceIdsIn(booking).some((id) => wanted.has(id));
}

function resourcesIn({ resources }: IDataObject): IDataObject[] {
	return Array.isArray(resources) ? (resources as unknown[]).filter(isRecord) : [];
}
