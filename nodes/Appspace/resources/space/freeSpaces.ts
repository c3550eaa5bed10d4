import type { IDataObject } from 'n8n-workflow';
import { rangeQuery, touches, type FullRange } from '../../fields/dateRange';
import { mayBeOneOf } from '../../runtime/mayMatch';
import type { Call } from '../../runtime/operation';
import { showsAllSpaces, spaceIdsIn } from '../event/bookedSpaces';
import { isHeld } from '../reservation/clash';
import { byPostOr, requireKnownFloors, RESERVABLE, searchSpaces } from './reservable';
import { mayFit, type Wanted } from './spaceRecord';

/** The requirements for a free space. */
export interface WantedFree extends Wanted {
	range: FullRange;
	locationId?: unknown;
}

/**
 * The spaces that can be booked for a time range. The location is not checked here: a record names its
 * building but not the locations above it (appspace-api.md 5.5), so only Appspace knows.
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
		async () => requireKnownFloors(await freeByGet(call, wanted), wanted.floorId),
	);
}

/** The GET endpoint takes no times, so this reads the bookings too and leaves out occupied spaces. */
async function freeByGet(call: Call, wanted: WantedFree): Promise<IDataObject[]> {
	const { range, types, locationId } = wanted;
	const events = await call.list('reservation/events', {
		query: rangeQuery(range),
		matches: (event) => isHeld(event) && touches(event, range),
		all: true,
		whole: true,
	});
	const hidden = events.filter((event) => !showsAllSpaces(event)).length;
	if (hidden > 0) {
		call.hint(
			`${hidden} ${hidden === 1 ? 'booking does' : 'bookings do'} not show which spaces they take, so some of these spaces may be taken. Check a space with Get Events before you book it.`,
		);
	}
	const taken = new Set(events.flatMap(spaceIdsIn));
	const spaces = await call.list(RESERVABLE, {
		query: {
			...(types.length === 1 && { resourceType: types[0] }),
			...(locationId !== undefined && { buildingId: locationId }),
		} as IDataObject,
		matches: (space) => mayBeBooked(space, wanted) && !taken.has(String(space.id).toLowerCase()),
	});
	// Appspace returns the current status; the output needs the status in the requested time range.
	return spaces.map((space) => ({ ...space, reservableStatus: 'Available' }));
}

function mayBeBooked(space: IDataObject, wanted: Wanted): boolean {
	return mayFit(space, wanted) && String(space.isReservable).toLowerCase() !== 'false';
}
