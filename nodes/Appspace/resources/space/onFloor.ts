import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { byPostOr, requireKnownFloors, searchSpaces } from './reservable';
import type { Wanted } from './spaceRecord';

const HOUR = 3_600_000;

/**
 * The spaces on a floor, free or not. Only the search for bookable spaces can filter by floor, not the list
 * of all spaces (appspace-api.md 5.5). The search needs a time range, which does not matter here, and does
 * not return floors themselves, which come from the list.
 *
 * @param listed reads the matching spaces from the list of all spaces
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
		async () => requireKnownFloors(await listed(), wanted.floorId),
	);
}
