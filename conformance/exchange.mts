import type { IncomingHttpHeaders } from 'node:http';

/** What an answer is made of, judged by what it holds and not by what it calls itself. */
export type AnswerForm = 'json' | 'html' | 'text' | 'empty' | 'picture' | 'other';

export interface Answer {
	status: number;
	form: AnswerForm;
	/** Parsed where it is JSON, the text where it is text, otherwise undefined. */
	body: unknown;
}

/** A request that went to the tenant, and what came back. */
export interface Exchange extends Answer {
	/** Who asked: the node in n8n's engine, or the check itself. */
	by: 'node' | 'check';
	method: string;
	/** Below `/api/v3/`, or the whole path where it is not there; without the query. */
	path: string;
	/** The known endpoint, as the dossier writes it. */
	endpoint?: string;
	/** The body of the request, where it is JSON. */
	sent: unknown;
	/** How long the answer took, in milliseconds. */
	took: number;
}

/** What came back, put into words of ours. */
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

/** The records of an answer: of `{ items }`, of a bare array, or the one that it is. */
export function recordsOf({ status, body }: Pick<Answer, 'status' | 'body'>): JsonObject[] {
	if (status < 200 || status > 299) return [];
	const list = listOf(body);
	if (list) return list.filter(isObject);
	return isObject(body) ? [body] : [];
}

/** The entries of a list in either of its forms; undefined where the answer is no list. */
export function listOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	return isObject(body) && Array.isArray(body.items) ? body.items : undefined;
}
