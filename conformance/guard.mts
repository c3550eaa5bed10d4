import type { Resource } from '../nodes/Appspace/runtime/operation.ts';

/** The only POST that is not a search: it makes an access token and changes nothing in the tenant. */
export const EXCHANGE = 'authorization/token';

/** A request that could change something. It was not sent. */
export class WriteRefused extends Error {
	override readonly name = 'WriteRefused';

	constructor() {
		super('The conformance check only reads, so it did not send this request.');
	}
}

/** The searches by POST of read operations, as paths below `/api/v3/`. */
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
 * else is a write, including every POST whose path is not exactly one of those.
 * @param path from the root of the tenant, without the query, as sent
 */
export function isRead(method: string, path: string, searches: readonly string[]): boolean {
	if (method === 'GET') return true;
	if (method !== 'POST') return false;
	return [EXCHANGE, ...searches].some((search) => path.toLowerCase() === `/api/v3/${search}`);
}
