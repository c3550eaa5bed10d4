import type { Location } from './locations.mts';
import type { Random } from './random.mts';

/** Kinds of resources that were seen in requests (appspace-api.md 5.5). */
export const RESOURCE_TYPES = ['room', 'space', 'poi', 'connectedResource'] as const;

/** A room, a desk, a floor: whatever has a place, and mostly can be booked. */
export interface Resource {
	id: string;
	name: string;
	type: (typeof RESOURCE_TYPES)[number] | 'floor';
	subType: string;
	capacity: number | null;
	/** Site and floor, as people read it. */
	locationPath: string;
	/** The floor it is on. */
	networkId: string;
	networkName: string;
	isReservable: boolean;
}

const ROOMS = ['Aurora', 'Borealis', 'Kosmos', 'Šumava', '東京', 'Aurora'];
const DESKS_PER_FLOOR = 6;

/** Every floor of the company with rooms and desks; the floor itself is a resource with its location's id. */
export function makeResources(random: Random, locations: readonly Location[]): Resource[] {
	return locations
		.filter(({ kind }) => kind === 'floor')
		.flatMap((floor): Resource[] => {
			const site = locations.find(({ id }) => id === floor.parentId);
			const place = {
				locationPath: `${site?.name}/${floor.name}`,
				networkId: floor.id,
				networkName: floor.name,
			};
			const room = (): Resource => ({
				id: random.guid(),
				name: random.pick(ROOMS),
				type: 'room',
				subType: 'Meeting Room',
				capacity: random.pick([4, 6, 8, 12, 20]),
				isReservable: true,
				...place,
			});
			const desk = (_: unknown, index: number): Resource => ({
				id: random.guid(),
				name: `Desk ${index + 1}`,
				type: 'space',
				subType: 'Desk',
				capacity: 1,
				isReservable: random.chance(0.9),
				...place,
			});
			const point: Resource = {
				id: random.guid(),
				name: 'Printer',
				type: 'poi',
				subType: 'Printer',
				capacity: null,
				isReservable: false,
				...place,
			};
			const self: Resource = {
				id: floor.id,
				name: floor.name,
				type: 'floor',
				subType: 'Floor',
				capacity: null,
				isReservable: false,
				...place,
			};
			return [
				self,
				room(),
				room(),
				room(),
				...Array.from({ length: DESKS_PER_FLOOR }, desk),
				point,
			];
		});
}
