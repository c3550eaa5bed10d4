import { RequestFailed } from '../transport/failure';
import { natural } from '../transport/page';
import type { FetchPage } from '../transport/pages';
import type { TenantRequest } from '../transport/tenantRequest';
import { attribute } from '../transport/scim/attributes';

/** A longer filter goes into the body, because servers limit the length of a URL. */
const MAX_LENGTH_IN_URL = 1_500;
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** Fetches pages of a SCIM listing (RFC 7644 3.4.2.4), with a search by POST (3.4.3) for a long filter. */
export function scimPages(
	send: (request: TenantRequest) => Promise<unknown>,
	path: string,
	filter = '',
): FetchPage {
	return async (start, limit, isOver) => {
		const page = { ...(filter !== '' && { filter }), startIndex: start + 1, count: limit };
		const request: TenantRequest =
			filter.length <= MAX_LENGTH_IN_URL
				? { path, query: page }
				: {
						...{ method: 'POST', path: `${path}/.search`, effect: 'read' },
						body: { schemas: [SEARCH], ...page },
					};
		return envelopeOf(await send({ ...request, isOver }), limit);
	};
}

/**
 * Converts a SCIM list response to the shape of an API v3 list. An empty list may have no `Resources`.
 * Services report totals unreliably: a short page ends the list only if the total agrees, and without a
 * total, paging continues until an empty page.
 *
 * @param limit how many records were requested
 * @throws RequestFailed if the reply is not a list
 */
export function envelopeOf(body: unknown, limit: number) {
	const total = natural(attribute(body, 'totalResults'));
	const items = attribute(body, 'Resources') ?? (total === undefined ? undefined : []);
	if (!Array.isArray(items)) {
		throw new RequestFailed({
			kind: 'answer',
			message: 'Appspace answered with something that is not a SCIM list.',
		});
	}
	return total === undefined ? { items } : { items, limit, size: total };
}
