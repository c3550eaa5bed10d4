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
			summary: 'Lists what is on the map of a floor',
			query: { page: 'integer', pagecount: 'integer' },
			paged: true,
			handle: (call) => {
				const floor = byId(call.tenant.locations, call.params.floorId, 'The floor');
				const onFloor = call.tenant.resources.filter(({ networkId, type }) => {
					return networkId === floor.id && type !== 'floor';
				});
				return listing(
					call,
					onFloor.map(({ name, type, subType }, index) => ({
						setting: { name, type, subType },
						geoJSON: { type: 'Point', coordinates: [index % 4, Math.floor(index / 4)] },
					})),
				);
			},
		},
	],
};
