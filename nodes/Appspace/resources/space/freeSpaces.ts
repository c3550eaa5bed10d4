import type { IDataObject } from 'n8n-workflow';
import { touches, type FullRange } from '../../fields/dateRange';
import type { Call } from '../../runtime/operation';
import { isRefusal, catchStatus } from '../../transport/failure';
import { spaceIdsIn } from '../event/bookedSpaces';
import { isHeld } from '../reservation/clash';
import { holds, isOfType, isOnFloor } from './spaceRecord';

/** What a free space has to be like. */
export interface Wanted {
	range: FullRange;
	types: string[];
	floorId?: unknown;
	locationId?: unknown;
	minCapacity?: unknown;
}

const PATH = 'reservation/resources/reservable';
const BOOKABLE_TYPES = ['room', 'space', 'poi', 'connectedResource'];

/**
 * The spaces that can be booked for a time. Public sources disagree whether to ask by POST or by GET
 * (appspace-api.md 5.5): the first item of a run tries POST, and what it finds holds for the run.
 */
export async function freeSpaces(call: Call, wanted: Wanted): Promise<IDataObject[]> {
	const first: { found?: IDataObject[] } = {};
	const method = await call.memoize(PATH, async () => {
		const found = await catchStatus(askedByPost(call, wanted), 404, 405);
		if (isRefusal(found)) return 'GET';
		first.found = found;
		return 'POST';
	});
	if (first.found) return first.found;
	return method === 'POST' ? await askedByPost(call, wanted) : await askedByGet(call, wanted);
}

async function askedByPost(call: Call, wanted: Wanted): Promise<IDataObject[]> {
	const { range, types, floorId, locationId, minCapacity } = wanted;
	return await call.list(PATH, {
		body: {
			startAt: range.startAt,
			endAt: range.endAt,
			types: types.length > 0 ? types : BOOKABLE_TYPES,
			reservableStatus: ['available'],
			isReservable: ['true'],
			includeSourceObject: 'false',
			...(floorId !== undefined && { floorIds: [floorId] }),
			...(locationId !== undefined && { locationId }),
			...(minCapacity !== undefined && { minCapacity }),
		} as IDataObject,
		matches: (space) =>
			isWanted(space, wanted) && /^(available)?$/i.test(String(space.reservableStatus ?? '')),
	});
}

/** This form knows no times, so what is booked then is read as well and left out. */
async function askedByGet(call: Call, wanted: Wanted): Promise<IDataObject[]> {
	const { range, types, locationId } = wanted;
	const { startAt, endAt } = range;
	const events = await call.list('reservation/events', {
		query: { startAt, endAt },
		matches: (event) => isHeld(event) && touches(event, range),
		all: true,
	});
	const taken = new Set(events.flatMap(spaceIdsIn));
	const spaces = await call.list(PATH, {
		query: {
			...(types.length === 1 && { resourceType: types[0] }),
			...(locationId !== undefined && { buildingId: locationId }),
		} as IDataObject,
		matches: (space) => isWanted(space, wanted) && !taken.has(String(space.id).toLowerCase()),
	});
	// Appspace tells the status of this moment; what was asked for is the status in that time.
	return spaces.map((space) => ({ ...space, reservableStatus: 'Available' }));
}

/**
 * Whether a space is as wanted, whatever Appspace made of the filters. Not its location: a record names its
 * floor and not what that belongs to (appspace-api.md 5.5), so Appspace alone knows.
 */
function isWanted(space: IDataObject, { types, floorId, minCapacity }: Wanted): boolean {
	return (
		isOfType(space, types) &&
		isOnFloor(space, floorId) &&
		holds(space, minCapacity) &&
		space.isReservable !== false
	);
}
