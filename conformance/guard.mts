import type { Resource } from '../nodes/Appspace/runtime/operation.ts';

/** The one POST that is no search: it makes an access token, and nothing in the tenant. */
export const EXCHANGE = 'authorization/token';

/** A request that would or could change something. It was not sent. */
export class WriteRefused extends Error {
	override readonly name = 'WriteRefused';

	constructor() {
		super('The conformance check only reads: this request was not sent.');
	}
}

/** The searches by POST of operations that only read, as paths below `/api/v3/`. */
export function searchesOf(resources: readonly Resource[]): string[] {
	const reading = resources.flatMap(({ operations }) =>
		operations.filter(({ effect }) => effect === 'read'),
	);
	const posts = reading.flatMap(({ endpoints }) =>
		endpoints.filter((endpoint) => /^POST [a-z/]+$/.test(endpoint)),
	);
	return [...new Set(posts)].map((endpoint) => endpoint.slice('POST '.length));
}

/**
 * Whether a request can only read: a GET, one of the searches by POST, or the token exchange. Everything
 * else, and every POST whose path is not exactly one of those, is a write.
 *
 * @param path from the root of the tenant, without the query, as it goes over the wire
 */
export function isRead(method: string, path: string, searches: readonly string[]): boolean {
	if (method === 'GET') return true;
	if (method !== 'POST') return false;
	return [EXCHANGE, ...searches].some((search) => path.toLowerCase() === `/api/v3/${search}`);
}
