import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { OpenFile } from './file';
import type { Effect } from './effect';

/** A request. `path` is relative to `/api/v3/` or to the SCIM address, and already encoded. */
export interface TenantRequest {
	method?: IHttpRequestMethods;
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** A body to send unchanged, instead of `body`. */
	content?: { type: string; data: string | Uint8Array };
	/** Headers in addition to those from n8n and the credential. */
	headers?: IDataObject;
	/** Reads the reply as a stream. */
	reading?: Reading;
	/** What the request does, if its method suggests otherwise (a search by POST). */
	effect?: Effect;
	/** Accepts text and empty replies too, if the shape of the reply is not public. */
	acceptsText?: boolean;
	/** SCIM only: the version that the record must still have (RFC 7644 3.14). */
	ifMatch?: string;
	/**
	 * For requests that the user chooses, whose reply may repeat what was sent. Tokens and keys in the
	 * reply are replaced, and this is called if there were any.
	 */
	onRedaction?: () => void;
	/** Whether the reply is no longer needed. */
	isOver?: () => boolean;
}

/** How to read a reply as a stream. */
export interface Reading {
	/** The most to read, in bytes. */
	limit: number;
	/** The name of the file in the address, if there is one. */
	name?: string;
	/** @returns the body of the reply */
	read: (file: OpenFile) => Promise<unknown>;
}

/** The method and path of a request, without the query, for messages. */
export function lineOf({ method = 'GET', path }: TenantRequest): string {
	return `${method} /api/v3/${path.split('?')[0]}`;
}
