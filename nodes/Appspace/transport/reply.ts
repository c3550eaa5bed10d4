import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { retryAfter } from '../../../credentials/auth/retryAfter';
import { effectOf, type Effect } from './effect';
import type { Failure, StatusFailure } from './failure';
import { messageIn } from './serverMessage';

/** An answer. */
export interface Reply {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** How long to wait for an answer, or for more of it, in milliseconds. */
export const TIMEOUT = 60_000;

/** The status of an answer that is empty on purpose. */
export const NO_CONTENT = 204;

export const NO_JSON: Failure = {
	kind: 'answer',
	garbled: true,
	message:
		'Appspace answered with something that is not JSON, such as a web page or half an answer.',
};

export const NOTHING: Failure = {
	kind: 'answer',
	garbled: true,
	message: 'Appspace answered with nothing at all.',
};

/** What is asked of an answer. */
interface Expected {
	method?: IHttpRequestMethods;
	effect?: Effect;
	acceptsText?: boolean;
	reading?: unknown;
}

/** What an answer says that is not a success. */
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

/** Why a success is none; undefined if it is one. Nothing is never taken for an empty list. */
export function flawIn({ statusCode, body }: Reply, request: Expected): Failure | undefined {
	const { acceptsText = false } = request;
	// What reads an answer as it comes in has its own idea of what it may be.
	if (request.reading) return undefined;
	const isEmpty =
		body === undefined || body === null || (typeof body === 'string' && body.trim() === '');
	if (isEmpty) {
		// A read may be answered with "no content", but what just comes without any is a proxy's.
		const isMeant = request.method === 'HEAD' || (acceptsText && statusCode === NO_CONTENT);
		return effectOf(request) !== 'read' || isMeant ? undefined : NOTHING;
	}
	return typeof body === 'string' && !(acceptsText && isPlainText(body)) ? NO_JSON : undefined;
}

/** Web pages and the first half of a JSON answer are no plain text. */
export function isPlainText(body: string): boolean {
	return !/^\s*[<{[]/.test(body);
}
