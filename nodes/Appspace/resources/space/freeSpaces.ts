import type { IDataObject } from 'n8n-workflow';
import { touches, type FullRange } from '../../fields/dateRange';
import { mayBeOneOf } from '../../runtime/mayMatch';
import type { Call } from '../../runtime/operation';
import { spaceIdsIn } from '../event/bookedSpaces';
import { isHeld } from '../reservation/clash';
import { byPostOr, onShownFloors, RESERVABLE, searchSpaces } from './reservable';
import { mayFit, type Wanted } from './spaceRecord';

/** What a free space has to be like. */
export interface WantedFree extends Wanted {
	range: FullRange;
	locationId?: unknown;
}

/**
 * The spaces that can be booked for a time. Their location is not checked here: a record names its
 * building and not what that belongs to (appspace-api.md 5.5), so Appspace alone knows.
 */
export async function freeSpaces(call: Call, wanted: WantedFree): Promise<IDataObject[]> {
	const { range, ...more } = wanted;
	const { startAt, endAt } = range;
	return await byPostOr(
		call,
		async () =>
			await searchSpaces(
				call,
				{ ...more, startAt, endAt, isFree: true },
				(space) => mayBeBooked(space, wanted) && mayBeOneOf(space.reservableStatus, ['available']),
			),
		async () => onShownFloors(await askedByGet(call, wanted), wanted.floorId),
	);
}

/** This form knows no times, so what is booked then is read as well and left out. */
async function askedByGet(call: Call, wanted: WantedFree): Promise<IDataObject[]> {
	const { range, types, locationId } = wanted;
	const { startAt, endAt } = range;
	const events = await call.list('reservation/events', {
		query: { startAt, endAt },
		matches: (event) => isHeld(event) && touches(event, range),
		all: true,
	});
	const taken = new Set(events.flatMap(spaceIdsIn));
	const spaces = await call.list(RESERVABLE, {
		query: {
			...(types.length === 1 && { resourceType: types[0] }),
			...(locationId !== undefined && { buildingId: locationId }),
		} as IDataObject,
		matches: (space) => mayBeBooked(space, wanted) && !taken.has(String(space.id).toLowerCase()),
	});
	// Appspace tells the status of this moment; what was asked for is the status in that time.
	return spaces.map((space) => ({ ...space, reservableStatus: 'Available' }));
}

function mayBeBooked(space: IDataObject, wanted: Wanted): boolean {
	return mayFit(space, wanted) && String(space.isReservable).toLowerCase() !== 'false';
}
