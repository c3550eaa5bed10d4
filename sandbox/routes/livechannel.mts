import { listing } from '../listing.mts';
import type { Service } from './endpoint.mts';

export const livechannel: Service = {
	name: 'livechannel',
	title: 'Live Channel',
	endpoints: [
		{
			method: 'GET',
			path: 'livechannel/epg',
			summary: 'Lists the entries of the program guide',
			paged: true,
			handle: (call) => listing(call, call.tenant.liveProgramme),
		},
	],
};
