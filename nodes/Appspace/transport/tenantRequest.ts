import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { OpenFile } from './openFile';
import { TIMEOUT } from './reply';
import type { Effect } from './retry';

/** A request; `path` is relative to `/api/v3/`, or to the address of SCIM, and already encoded. */
export interface TenantRequest {
	method?: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** A body that is sent as it is, instead of `body`. */
	content?: { type: string; data: string | Uint8Array };
	/** Beside those that n8n and the credential set. */
	headers?: IDataObject;
	/** What reads the answer as it comes in, which is then no more than `limit` bytes. */
	reading?: { limit: number; read: (file: OpenFile) => Promise<unknown> };
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

/** Method and path, without the query, as messages name a request. */
export function lineOf({ method = 'GET', path }: TenantRequest): string {
	return `${method} /api/v3/${path.split('?')[0]}`;
}

/** What n8n's helper needs to know, apart from the address. */
export function optionsFor(request: TenantRequest): Omit<IHttpRequestOptions, 'url'> {
	const { method, query, body, content, headers, file, reading } = request;
	return {
		method: method ?? 'GET',
		qs: query,
		body: content?.data ?? body,
		...(headers || content ? { headers: headersFor(request) } : {}),
		...(file === undefined && !reading ? { json: true } : { encoding: 'stream' }),
		timeout: TIMEOUT,
		disableFollowRedirect: true,
		returnFullResponse: true,
	};
}

/** A type that the user named goes before that of the content. */
function headersFor({ headers, content }: TenantRequest): IDataObject {
	const isTyped = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
	return { ...(content && !isTyped && { 'Content-Type': content.type }), ...headers };
}
