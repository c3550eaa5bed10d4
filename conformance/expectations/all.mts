import { resources } from '../../nodes/Appspace/resources/resources.ts';
import {
	isKnownEndpoint,
	KNOWN_ENDPOINTS,
	type KnownEndpoint,
} from '../../test/support/dossier.mts';
import { bookings } from './bookings.mts';
import { channels } from './channels.mts';
import { devices } from './devices.mts';
import type { Expectation } from './expectation.mts';
import { library } from './library.mts';
import { people } from './people.mts';
import { posts } from './posts.mts';
import { visitors } from './visitors.mts';

const WRITTEN: readonly Expectation[] = [
	...channels,
	...library,
	...posts,
	...devices,
	...bookings,
	...visitors,
	...people,
];

/** For replies that operations pass on unchanged, there is nothing to check. */
const HANDED_ON: readonly Expectation[] = endpointsHandedOn()
	.filter((endpoint) => WRITTEN.every((expectation) => expectation.endpoint !== endpoint))
	.map((endpoint) => ({ endpoint, section: '4', form: 'unknown' }));

/** What the API notes say about every endpoint that reads. */
export const EXPECTATIONS: readonly Expectation[] = [...WRITTEN, ...HANDED_ON];

/** Services that were seen: those of the table in the API notes, and one that always failed (5.8). */
export const SERVICES: readonly string[] = [
	...new Set(KNOWN_ENDPOINTS.filter(({ area }) => !['Auth', 'Meta'].includes(area)).map(serviceOf)),
	'signschannel',
];

export function expectationOf(endpoint: string): Expectation | undefined {
	return EXPECTATIONS.find((expectation) => expectation.endpoint === endpoint);
}

/**
 * The known endpoint of a request; if several match, the one with the fewest placeholders.
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

function serviceOf({ endpoint }: KnownEndpoint): string {
	return endpoint.replace(/^\w+ /, '').split('/')[0] ?? '';
}

function endpointsHandedOn(): string[] {
	return resources
		.flatMap(({ operations }) => operations)
		.filter(({ effect, evidence }) => effect === 'read' && evidence.reply === 'unknown')
		.flatMap(({ endpoints }) => endpoints.filter(isKnownEndpoint));
}
