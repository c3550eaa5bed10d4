import type { IDataObject } from 'n8n-workflow';
import type { Call, ListRequest } from '../../runtime/operation';
import { isShown } from '../../runtime/mayMatch';
import { badInput, isRefusal, catchStatus } from '../../transport/failure';
import { floorOf, type Wanted } from './spaceRecord';

/** The search for bookable spaces, the only endpoint that can filter by floor. */
export const RESERVABLE = 'reservation/resources/reservable';

/** The types that the search knows. Floors are not among them. */
export const BOOKABLE_TYPES = ['room', 'space', 'poi', 'connectedResource'];

/** The criteria of a search by POST. */
export interface Search extends Wanted {
	startAt: string;
	endAt: string;
	locationId?: unknown;
	/** Only spaces that are free in that time range, instead of all spaces. */
	isFree: boolean;
}

/** The spaces that a search by POST finds. The body is that of the Appspace console (appspace-api.md 5.5). */
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
 * The result of a search by POST, or of `otherwise` if the tenant does not support it: public sources
 * disagree on whether the endpoint exists (appspace-api.md 5.5). The first item of a run finds out for all.
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

/** Returns the spaces, or throws RequestFailed if you filter by floor and a space does not show its floor. */
export function requireKnownFloors(spaces: IDataObject[], floorId: unknown): IDataObject[] {
	if (floorId === undefined || spaces.every((space) => isShown(floorOf(space)))) return spaces;
	throw badInput(
		'Appspace cannot filter by floor here and does not show the floor of each space',
		'Remove the filter "Floor" and filter by location or name instead.',
	);
}
