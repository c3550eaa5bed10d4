import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { mayBe, mayBeOneOf, mayReach } from '../../runtime/mayMatch';
import { isSameText, pick } from '../../runtime/pick';

/** Known types and their names (appspace-api.md 5.5). */
const TYPES: Record<string, string> = {
	connectedResource: 'Connected Resource',
	floor: 'Floor',
	poi: 'Point of Interest',
	room: 'Room',
	space: 'Space or Desk',
};

/** A filter by space type. */
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

/** The filters for spaces. */
export interface Wanted {
	types: string[];
	floorId?: unknown;
	minCapacity?: unknown;
}

/** Whether a space matches, as far as its record shows the values. */
export function mayFit(space: IDataObject, { types, floorId, minCapacity }: Wanted): boolean {
	return (
		mayBeOneOf(space.type, types) &&
		mayBe(floorOf(space), floorId) &&
		mayReach(space.capacity, minCapacity)
	);
}

/**
 * The floor ID that a space shows: `resourceFloorId`, as in events, or `floorId`. Its `networkId` is a
 * location such as the building, not a floor (appspace-api.md 5.5).
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
