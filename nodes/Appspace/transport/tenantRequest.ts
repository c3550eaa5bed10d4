import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { TIMEOUT } from './reply';
import type { Effect } from './retry';

/** A request; `path` is relative to `/api/v3/`, or to the address of SCIM, and already encoded. */
export interface TenantRequest {
	method?: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** What the request does, where that differs from what its method says (a search by POST). */
	effect?: Effect;
	/** Whether text and nothing are successes too: where the shape of the reply is not public. */
	acceptsText?: boolean;
	/** SCIM alone: the version that the record must still have (RFC 7644 3.14). */
	ifMatch?: string;
	/** The whole address of a file; see `Tenant.open`. */
	file?: string;
	/** Whether nobody waits for the answer any more. */
	isOver?: () => boolean;
}

/** What a request does to the tenant: as it says, else as far as its method tells. */
export function effectOf({ method = 'GET', effect }: TenantRequest): Effect {
	if (effect) return effect;
	if (method === 'GET' || method === 'HEAD') return 'read';
	return method === 'DELETE' ? 'delete' : 'write';
}

/** What n8n's helper needs to know, apart from the address. */
export function optionsFor(request: TenantRequest): Omit<IHttpRequestOptions, 'url'> {
	const { method, query, body, file } = request;
	return {
		method: method ?? 'GET',
		qs: query,
		body,
		...(file === undefined ? { json: true } : { encoding: 'stream' }),
		timeout: TIMEOUT,
		disableFollowRedirect: true,
		returnFullResponse: true,
	};
}
