import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { mayBe, mayBeOneOf, mayReach } from '../../runtime/mayMatch';
import { isSameText, pick } from '../../runtime/pick';

/** Types that were seen, and what they are (appspace-api.md 5.5). */
const TYPES: Record<string, string> = {
	connectedResource: 'Connected Resource',
	floor: 'Floor',
	poi: 'Point of Interest',
	room: 'Room',
	space: 'Space or Desk',
};

/** Kinds of spaces to choose from. */
export function typesField(description: string, types = Object.keys(TYPES)): INodeProperties {
	return {
		displayName: 'Types',
		name: 'types',
		type: 'multiOptions',
		options: types.map((value) => ({ name: TYPES[value] ?? value, value })),
		default: [],
		description,
	};
}

/** What is asked for of spaces, whatever Appspace makes of it. */
export interface Wanted {
	types: string[];
	floorId?: unknown;
	minCapacity?: unknown;
}

/** Whether a space may be as wanted, as far as its record shows. */
export function mayFit(space: IDataObject, { types, floorId, minCapacity }: Wanted): boolean {
	return (
		mayBeOneOf(space.type, types) &&
		mayBe(floorOf(space), floorId) &&
		mayReach(space.capacity, minCapacity)
	);
}

/**
 * The ID of the floor that a space shows, by the name it has in events or a shorter one. Its `networkId`
 * is no floor but a location such as the building (appspace-api.md 5.5).
 */
export function floorOf(space: IDataObject): unknown {
	return isSameText(space.type, 'floor') ? space.id : (space.resourceFloorId ?? space.floorId);
}

/** The most useful fields of a space. */
export function simplifySpace(space: IDataObject): IDataObject {
	return {
		...pick(space, ['id', 'name', 'type', 'subType', 'capacity', 'locationPath', 'networkId']),
		...pick(space, ['networkName', 'isReservable', 'reservableStatus']),
	};
}
