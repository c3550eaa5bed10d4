import { Refusal } from '../answer.mts';
import type { Service } from './endpoint.mts';

/** The whole service answered 500 on the only tenant where it was tried (appspace-api.md 3.4). */
export const signschannel: Service = {
	name: 'signschannel',
	title: 'Signs Channel',
	beta: true,
	endpoints: [
		{
			method: 'GET',
			path: 'signschannel',
			summary: 'Lists the signs channels',
			paged: true,
			handle: () => {
				throw new Refusal(500, 'An error has occurred.');
			},
		},
	],
};
