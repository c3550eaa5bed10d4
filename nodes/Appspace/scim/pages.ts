import { RequestFailed } from '../transport/failure';
import { natural } from '../transport/page';
import type { FetchPage } from '../transport/pages';
import type { TenantRequest } from '../transport/tenantRequest';
import { attribute } from '../transport/scim/attributes';

/** A filter longer than this travels in a body, as servers bound the length of an address. */
const LONGEST_IN_ADDRESS = 1_500;
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** Pages of a SCIM listing (RFC 7644 3.4.2.4), and its search by POST (3.4.3) for a long filter. */
export function scimPages(
	send: (request: TenantRequest) => Promise<unknown>,
	path: string,
	filter = '',
): FetchPage {
	return async (start, limit, isOver) => {
		const page = { ...(filter !== '' && { filter }), startIndex: start + 1, count: limit };
		const request: TenantRequest =
			filter.length <= LONGEST_IN_ADDRESS
				? { path, query: page }
				: {
						...{ method: 'POST', path: `${path}/.search`, effect: 'read' },
						body: { schemas: [SEARCH], ...page },
					};
		return envelopeOf(await send({ ...request, isOver }), limit);
	};
}

/**
 * A list response as API v3 would have sent it. `Resources` may be missing where there is nothing to show.
 * The total is as good as the service's word: a page shorter than asked for ends the list only if it
 * agrees, and a service that does not tell it is asked until nothing more comes.
 *
 * @param limit how many records were asked for
 * @throws RequestFailed when the answer is no list
 */
export function envelopeOf(body: unknown, limit: number) {
	const total = natural(attribute(body, 'totalResults'));
	const items = attribute(body, 'Resources') ?? (total === undefined ? undefined : []);
	if (!Array.isArray(items)) {
		throw new RequestFailed({
			kind: 'answer',
			message: 'Appspace answered with something that is not a list of SCIM.',
		});
	}
	return total === undefined ? { items } : { items, limit, size: total };
}
