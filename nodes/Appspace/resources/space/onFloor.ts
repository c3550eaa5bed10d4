import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { byPostOr, onShownFloors, searchSpaces } from './reservable';
import type { Wanted } from './spaceRecord';

const HOUR = 3_600_000;

/**
 * The spaces of a floor, free or not. The list of all spaces has no filter by floor; the search for
 * spaces that can be booked has one (appspace-api.md 5.5). It wants a time, for a status that nobody
 * asked for, and knows no floors: those alone are listed.
 *
 * @param listed what the list of all spaces holds of it
 */
export async function onFloor(
	call: Call,
	wanted: Wanted,
	matches: (space: IDataObject) => boolean,
	listed: () => Promise<IDataObject[]>,
): Promise<IDataObject[]> {
	const types = wanted.types.filter((type) => type.toLowerCase() !== 'floor');
	if (types.length === 0 && wanted.types.length > 0) return await listed();
	const startAt = new Date().toISOString();
	const endAt = new Date(Date.now() + HOUR).toISOString();
	return await byPostOr(
		call,
		async () =>
			await searchSpaces(call, { ...wanted, types, startAt, endAt, isFree: false }, matches),
		async () => onShownFloors(await listed(), wanted.floorId),
	);
}
