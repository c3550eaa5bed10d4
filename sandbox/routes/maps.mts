import { listing } from '../listing.mts';
import type { Service } from './endpoint.mts';
import { byId } from './lookups.mts';

export const maps: Service = {
	name: 'maps',
	title: 'Maps',
	endpoints: [
		{
			method: 'GET',
			path: 'maps/floors/:floorId/layers/settings/:layerSettingId/nodes/settings',
			summary: 'Lists the elements of a floor map',
			query: { page: 'integer', pagecount: 'integer' },
			paged: true,
			handle: (call) => {
				const { resources } = call.tenant;
				const floors = resources.filter(({ type }) => type === 'floor');
				const floor = byId(floors, call.params.floorId, 'The floor');
				const onFloor = resources.filter(({ floorId, type }) => {
					return floorId === floor.id && type !== 'floor';
				});
				return listing(
					call,
					onFloor.map(({ name, type, subType }, index) => ({
						setting: { name, type, subType },
						geoJSON: { geometry: squareAt(index % 4, Math.floor(index / 4)) },
					})),
				);
			},
		},
	],
};

/** The outline of a map element, one unit long. */
function squareAt(x: number, y: number): object {
	const corners = [
		[x, y],
		[x + 1, y],
		[x + 1, y + 1],
		[x, y + 1],
		[x, y],
	];
	return { type: 'Polygon', coordinates: [corners] };
}
