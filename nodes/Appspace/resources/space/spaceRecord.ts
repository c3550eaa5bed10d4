import type { IDataObject, INodeProperties } from 'n8n-workflow';
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

/** Whether a space is of one of the types; with none named, any is. */
export function isOfType({ type }: IDataObject, types: string[]): boolean {
	return types.length === 0 || types.some((wanted) => isSameText(type, wanted));
}

/** Whether a space is big enough; one without a capacity is not, if any is asked for. */
export function holds({ capacity }: IDataObject, people: unknown): boolean {
	return people === undefined || Number(capacity ?? 0) >= Number(people);
}

/** Whether a space is on the floor, as far as its record tells. */
export function isOnFloor({ networkId }: IDataObject, floorId: unknown): boolean {
	return floorId === undefined || networkId === undefined || isSameText(networkId, floorId);
}

/** The most useful fields of a space. */
export function simplifySpace(space: IDataObject): IDataObject {
	return {
		...pick(space, ['id', 'name', 'type', 'subType', 'capacity', 'locationPath', 'networkId']),
		...pick(space, ['networkName', 'isReservable', 'reservableStatus']),
	};
}
