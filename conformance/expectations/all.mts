import { bookings } from './bookings.mts';
import { channels } from './channels.mts';
import { devices } from './devices.mts';
import type { Expectation } from './expectation.mts';
import { library } from './library.mts';
import { people } from './people.mts';
import { posts } from './posts.mts';
import { visitors } from './visitors.mts';

/** What the dossier says of every endpoint that reads. */
export const EXPECTATIONS: readonly Expectation[] = [
	...channels,
	...library,
	...posts,
	...devices,
	...bookings,
	...visitors,
	...people,
];

/** Services that were seen, in the order of the dossier (appspace-api.md 1, 5.8). */
export const SERVICES = [
	...['channeldirectory', 'channelplaylist', 'livechannel', 'libraries', 'users', 'devices'],
	...['networks', 'reservation', 'visitormanagement', 'contentfeed', 'userpreference', 'theme'],
	...['maps', 'signschannel'],
] as const;

export function expectationOf(endpoint: string): Expectation | undefined {
	return EXPECTATIONS.find((expectation) => expectation.endpoint === endpoint);
}

/**
 * The known endpoint that a request is for; where several fit, the one with the fewest placeholders.
 *
 * @param path below `/api/v3/`, as sent
 */
export function endpointFor(
	method: string,
	path: string,
	endpoints: readonly string[],
): string | undefined {
	const placeholders = (endpoint: string) => endpoint.split('{').length;
	return endpoints
		.filter((endpoint) => {
			const pattern = endpoint.replace(/\{\w+\}/g, '[^/]+');
			return new RegExp(`^${pattern}/?$`, 'i').test(`${method} ${path}`);
		})
		.sort((one, other) => placeholders(one) - placeholders(other))[0];
}
