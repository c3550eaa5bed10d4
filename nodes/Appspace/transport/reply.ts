import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { retryAfter } from '../../../credentials/auth/retryAfter';
import { effectOf, type Effect } from './effect';
import type { Failure, StatusFailure } from './failure';
import { messageIn } from './serverMessage';

/** A reply from a server. */
export interface Reply {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** How long to wait for a reply or for more of it, in milliseconds. */
export const TIMEOUT = 60_000;

/** The status of a reply that is meant to be empty. */
export const NO_CONTENT = 204;

export const NO_JSON: Failure = {
	kind: 'answer',
	garbled: true,
	message:
		'Appspace answered with something that is not JSON, such as a web page or an incomplete response.',
};

export const NOTHING: Failure = {
	kind: 'answer',
	garbled: true,
	message: 'Appspace sent an empty response.',
};

/** What the request expects of its reply. */
interface Expected {
	method?: IHttpRequestMethods;
	effect?: Effect;
	acceptsText?: boolean;
	reading?: unknown;
}

/** Reads a refusal; undefined if the status is a success. */
export function refusalIn({ statusCode: status, headers, body }: Reply): StatusFailure | undefined {
	if (status >= 200 && status <= 299) return undefined;
	const { location } = headers;
	return {
		kind: 'status',
		status,
		serverMessage: messageIn(body),
		retryAfter: retryAfter(headers),
		...(status < 400 && typeof location === 'string' && { location }),
	};
}

/**
 * Why a reply with a success status is unusable; undefined if it is fine. An empty reply never counts as an
 * empty list.
 */
export function flawIn({ statusCode, body }: Reply, request: Expected): Failure | undefined {
	const { acceptsText = false } = request;
	// The reader of a stream decides itself what is valid.
	if (request.reading) return undefined;
	const isEmpty =
		body === undefined || body === null || (typeof body === 'string' && body.trim() === '');
	if (isEmpty) {
		// A read may return 204, but an empty reply with another status probably comes from a proxy.
		const isMeant = request.method === 'HEAD' || (acceptsText && statusCode === NO_CONTENT);
		return effectOf(request) !== 'read' || isMeant ? undefined : NOTHING;
	}
	return typeof body === 'string' && !(acceptsText && isPlainText(body)) ? NO_JSON : undefined;
}

/** Whether text is plain text, as opposed to a web page or incomplete JSON. */
export function isPlainText(body: string): boolean {
	return !/^\s*[<{[]/.test(body);
}
