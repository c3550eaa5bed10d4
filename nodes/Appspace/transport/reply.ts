import type { IDataObject } from 'n8n-workflow';
import { messageIn, type Failure } from './failure';
import { effectOf, type TenantRequest } from './tenantRequest';

/** An answer of any status. */
export interface Reply {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** How long to wait for an answer, or for more of it, in milliseconds. */
export const TIMEOUT = 60_000;
export const MOST_REDIRECTS = 5;
export const REDIRECTED_FOR_EVER = 'Appspace sends this request round in a circle of addresses.';

/** Where an answer leads, if it is a redirect. */
export function redirectIn({ statusCode, headers }: Reply): string | undefined {
	const location = headers?.location;
	const isRedirect = statusCode >= 300 && statusCode <= 399;
	return isRedirect && typeof location === 'string' ? location : undefined;
}

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

/** Why an answer is none; undefined for a success. Nothing is never taken for an empty list. */
export function judge(status: number, body: unknown, request: TenantRequest): Failure | undefined {
	if (status < 200 || status > 299)
		return { kind: 'status', status, serverMessage: messageIn(body) };
	const { acceptsText = false } = request;
	const isEmpty =
		body === undefined || body === null || (typeof body === 'string' && body.trim() === '');
	// What reads an answer as it comes in has its own idea of what it may be.
	if (request.reading) return undefined;
	if (isEmpty) {
		// A read may be answered with "no content", but what just comes without any is a proxy's.
		const isMeant = request.method === 'HEAD' || (acceptsText && status === NO_CONTENT);
		return effectOf(request) !== 'read' || isMeant ? undefined : NOTHING;
	}
	return typeof body === 'string' && !(acceptsText && isPlainText(body)) ? NO_JSON : undefined;
}

/** Web pages and the first half of a JSON answer are no plain text. */
export function isPlainText(body: string): boolean {
	return !/^\s*[<{[]/.test(body);
}

/** The headers of the answer with which an error was thrown. */
export function headersOf(error: unknown): IDataObject {
	const { cause } = (error ?? {}) as { cause?: { response?: { headers?: IDataObject } } };
	return cause?.response?.headers ?? {};
}
