import type { IncomingHttpHeaders } from 'node:http';
import { matchesPath, type PathPattern } from './settings.mts';

/** A request as it arrived. */
export interface RecordedRequest {
	/** Milliseconds since the epoch. */
	at: number;
	method: string;
	/** Without the query, as sent. */
	path: string;
	/** Names as sent; if a name is repeated, the last value counts. */
	query: Record<string, string>;
	headers: Record<string, string>;
	/** Parsed if it is JSON, otherwise the text; undefined if there is none. */
	body: unknown;
	/** 0 until it is answered, and forever if it never is. */
	status: number;
}

export interface RequestFilter {
	method?: string;
	path?: PathPattern;
	status?: number;
}

/** The requests since the start or the last clear, in order of arrival. */
export class Recording {
	readonly requests: RecordedRequest[] = [];

	/** Records an arriving request; beyond `bound`, the oldest ones are dropped. */
	arrived(method: string, url: URL, headers: IncomingHttpHeaders, bound: number): RecordedRequest {
		const record: RecordedRequest = {
			at: Date.now(),
			method,
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			headers: Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, String(value)]),
			),
			body: undefined,
			status: 0,
		};
		this.requests.push(record);
		if (this.requests.length > bound) this.requests.splice(0, this.requests.length - bound);
		return record;
	}

	clear(): void {
		this.requests.length = 0;
	}

	count({ method, path, status }: RequestFilter): number {
		return this.requests.filter(
			(request) =>
				(method === undefined || request.method === method.toUpperCase()) &&
				(path === undefined || matchesPath(path, request.path)) &&
				(status === undefined || request.status === status),
		).length;
	}
}
