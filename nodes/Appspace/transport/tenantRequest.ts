import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { OpenFile } from './file';
import type { Effect } from './effect';

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
	/** What reads the answer as it comes in. */
	reading?: Reading;
	/** What the request does, where that differs from what its method says (a search by POST). */
	effect?: Effect;
	/** Whether text and nothing are successes too: where the shape of the reply is not public. */
	acceptsText?: boolean;
	/** SCIM alone: the version that the record must still have (RFC 7644 3.14). */
	ifMatch?: string;
	/**
	 * For requests of the user's own choice, whose answer may repeat what was sent: tokens and keys in it are
	 * replaced, and this is called if there were any.
	 */
	onRedaction?: () => void;
	/** Whether nobody waits for the answer any more. */
	isOver?: () => boolean;
}

/** How an answer is read as it comes in. */
export interface Reading {
	/** The most that is read, in bytes. */
	limit: number;
	/** What the file is called, where its address says so. */
	name?: string;
	/** @returns what becomes the body of the reply */
	read: (file: OpenFile) => Promise<unknown>;
}

/** Method and path, without the query, as messages name a request. */
export function lineOf({ method = 'GET', path }: TenantRequest): string {
	return `${method} /api/v3/${path.split('?')[0]}`;
}
