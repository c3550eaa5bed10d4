import { STATUS_CODES } from 'node:http';
import type { Random } from './data/random.mts';
import { ERROR_BODIES, type ReasonBody, type Settings } from './settings.mts';

/** A response as data. Nothing in this file touches sockets. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** A request that the service refuses. Handlers throw it; the settings decide its form. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export function json(status: number, value: unknown): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

/** The same over several lines, as the token exchange formats it (appspace-api.md 2.1). */
export function indentedJson(status: number, value: unknown): Answer {
	return { ...json(status, value), body: JSON.stringify(value, null, 2) };
}

export function text(status: number, body: string): Answer {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function html(status: number, body: string): Answer {
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function empty(status: number): Answer {
	return { status, headers: {}, body: '' };
}

/**
 * The body of an error response. Usually JSON with a `message`, but clients must also expect other names,
 * an empty body, plain text, and HTML (appspace-api.md 3.4).
 */
export function refused(
	{ status, message }: Pick<Refusal, 'status' | 'message'>,
	errorBody: Settings['errorBody'],
	random: Random,
): Answer {
	const form = errorBody === 'mixed' ? random.pick(ERROR_BODIES) : errorBody;
	switch (form) {
		case 'message':
			return json(status, { message });
		case 'title':
			return json(status, { title: message });
		case 'empty':
			return empty(status);
		case 'text':
			return text(status, message);
		case 'html':
			return html(status, `<html><body><h1>${status} ${STATUS_CODES[status]}</h1></body></html>`);
		default:
			return json(status, reasonBody(form, status, message));
	}
}

/** Forms of other frameworks: RFC 9457, RFC 6749 5.2, ASP.NET, and the like. */
function reasonBody(form: ReasonBody, status: number, message: string): unknown {
	const title = STATUS_CODES[status];
	switch (form) {
		case 'jsonString':
			return message;
		case 'detail':
			return { detail: message };
		case 'oauth':
			return { error: 'invalid_request', error_description: message };
		case 'nested':
			return { error: { code: status, message } };
		case 'errors':
			return { errors: [{ message }] };
		case 'v1':
			return { Status: status, Errors: [{ Message: message }] };
		case 'modelState':
			return { Message: 'The request is invalid.', ModelState: { request: [message] } };
		case 'problem':
			return { type: 'about:blank', title, status, detail: message };
		case 'validation':
			return { title, status, errors: { request: [message] } };
	}
}
