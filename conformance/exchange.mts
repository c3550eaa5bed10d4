import type { IncomingHttpHeaders } from 'node:http';

/** What a response is, judged by its content and not by its content type. */
export type AnswerForm = 'json' | 'html' | 'text' | 'empty' | 'picture' | 'other';

export interface Answer {
	status: number;
	form: AnswerForm;
	/** Parsed JSON, the text of a text response, otherwise undefined. */
	body: unknown;
}

/** A request to the tenant and its response. */
export interface Exchange extends Answer {
	/** Who sent it: the node in n8n's engine, or the check itself. */
	by: 'node' | 'check';
	method: string;
	/** Below `/api/v3/`, or the whole path if it is elsewhere; without the query. */
	path: string;
	/** The known endpoint, as the API notes write it. */
	endpoint?: string;
	/** The body of the request, if it is JSON. */
	sent: unknown;
	/** The response time in milliseconds. */
	took: number;
}

/** The content of a response, in our own words. */
export function answerOf(status: number, headers: IncomingHttpHeaders, bytes: Buffer): Answer {
	const type = String(headers['content-type'] ?? '').toLowerCase();
	if (bytes.length === 0) return { status, form: 'empty', body: undefined };
	if (type.startsWith('image/')) return { status, form: 'picture', body: undefined };
	if (/video|audio|octet-stream|zip/.test(type)) return { status, form: 'other', body: undefined };
	const text = bytes.toString('utf8');
	try {
		return { status, form: 'json', body: JSON.parse(text) as unknown };
	} catch {
		const isPage = type.includes('html') || /^\s*<(!doctype|html|\?xml)/i.test(text);
		return { status, form: isPage ? 'html' : 'text', body: text };
	}
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The records of a response: of `{ items }`, of a bare array, or the single one. */
export function recordsOf({ status, body }: Pick<Answer, 'status' | 'body'>): JsonObject[] {
	if (status < 200 || status > 299) return [];
	const list = listOf(body);
	if (list) return list.filter(isObject);
	return isObject(body) ? [body] : [];
}

/** The entries of a list in either form; undefined if the response is not a list. */
export function listOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	return isObject(body) && Array.isArray(body.items) ? body.items : undefined;
}
