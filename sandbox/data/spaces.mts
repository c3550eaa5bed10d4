import type { Location } from './locations.mts';
import type { Random } from './random.mts';

/** Kinds of resources seen in requests (appspace-api.md 5.5). */
export const RESOURCE_TYPES = ['room', 'space', 'poi', 'connectedResource'] as const;

/** A room, desk, or floor. Most resources can be booked. */
export interface Resource {
	id: string;
	name: string;
	type: (typeof RESOURCE_TYPES)[number] | 'floor';
	subType: string;
	capacity?: number;
	/** Site and floor, as people read it. */
	locationPath: string;
	/** The building (appspace-api.md 5.5). */
	networkId: string;
	networkName: string;
	/** The floor: a separate resource with an ID that is not a network's. */
	floorId: string;
	floorName: string;
	isReservable: boolean;
}

/** Words that were seen (appspace-api.md 5.5); there are others. */
const ROOM_KINDS = ['VideoConferenceRoom', 'VideoConferenceRoom', 'HuddleSpace'];
const ROOMS = ['Aurora', 'Borealis', 'Kosmos', 'Šumava', '東京', 'Aurora'];
const DESKS_PER_FLOOR = 6;

/** Every floor of the company, with its rooms and desks. */
export function makeResources(random: Random, locations: readonly Location[]): Resource[] {
	return locations
		.filter(({ kind }) => kind === 'floor')
		.flatMap((floor): Resource[] => {
			const site = locations.find(({ id }) => id === floor.parentId) as Location;
			const floorId = random.guid();
			const place = {
				locationPath: `${site.name}/${floor.name}`,
				networkId: site.id,
				networkName: site.name,
				...{ floorId, floorName: floor.name },
			};
			const room = (subType: string): Resource => ({
				id: random.guid(),
				name: random.pick(ROOMS),
				type: 'room',
				subType,
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
				isReservable: false,
				...place,
			};
			const self: Resource = {
				id: floorId,
				name: floor.name,
				type: 'floor',
				subType: 'Floor',
				isReservable: false,
				...place,
			};
			return [
				self,
				...ROOM_KINDS.map(room),
				...Array.from({ length: DESKS_PER_FLOOR }, desk),
				point,
			];
		});
}
