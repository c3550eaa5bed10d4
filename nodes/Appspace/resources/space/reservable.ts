import type { IDataObject } from 'n8n-workflow';
import type { Call, ListRequest } from '../../runtime/operation';
import { isShown } from '../../runtime/mayMatch';
import { badInput, isRefusal, catchStatus } from '../../transport/failure';
import { floorOf, type Wanted } from './spaceRecord';

/** Where Appspace looks for spaces that can be booked, and the one place where it filters by floor. */
export const RESERVABLE = 'reservation/resources/reservable';

/** Types that it knows: floors are not among them. */
export const BOOKABLE_TYPES = ['room', 'space', 'poi', 'connectedResource'];

/** What a search by POST asks for. */
export interface Search extends Wanted {
	startAt: string;
	endAt: string;
	locationId?: unknown;
	/** Only what is free then, instead of everything that is there. */
	isFree: boolean;
}

/** The spaces that a search by POST finds, in the form of the console (appspace-api.md 5.5). */
export async function searchSpaces(
	call: Call,
	{ startAt, endAt, types, floorId, locationId, minCapacity, isFree }: Search,
	matches: ListRequest['matches'],
): Promise<IDataObject[]> {
	return await call.list(RESERVABLE, {
		body: {
			...{ startAt, endAt, types: types.length > 0 ? types : BOOKABLE_TYPES },
			reservableStatus: isFree ? ['available'] : ['available', 'unavailable', 'checkin'],
			isReservable: isFree ? ['true'] : ['true', 'false'],
			includeSourceObject: 'false',
			...(floorId !== undefined && { floorIds: [floorId] }),
			...(locationId !== undefined && { locationId }),
			...(minCapacity !== undefined && { minCapacity }),
		} as IDataObject,
		matches,
	});
}

/**
 * What comes of a search by POST, or of another way where a tenant has none: public sources disagree
 * whether it is there (appspace-api.md 5.5). The first item of a run finds out for the others.
 */
export async function byPostOr(
	call: Call,
	post: () => Promise<IDataObject[]>,
	otherwise: () => Promise<IDataObject[]>,
): Promise<IDataObject[]> {
	const first: { found?: IDataObject[] } = {};
	const hasPost = await call.memoize(RESERVABLE, async () => {
		const found = await catchStatus(post(), 404, 405);
		if (isRefusal(found)) return false;
		first.found = found;
		return true;
	});
	return first.found ?? (hasPost ? await post() : await otherwise());
}

/** Spaces of a floor that Appspace was not asked for: each has to show its own, or nobody knows. */
export function onShownFloors(spaces: IDataObject[], floorId: unknown): IDataObject[] {
	if (floorId === undefined || spaces.every((space) => isShown(floorOf(space)))) return spaces;
	throw badInput(
		'Appspace cannot filter by floor here, and does not show on which floor each space is',
		'Remove the filter "Floor", and filter by location or name instead.',
	);
}
