import type { IDataObject } from 'n8n-workflow';

/**
 * How long a reply asks to wait, in seconds or until a date. A date is compared with the `Date` of the
 * reply, so that a wrong clock on either side makes no difference.
 *
 * @param headers with names in lower case, as n8n provides them
 * @param now milliseconds of the local clock, for a reply without a date
 * @returns milliseconds; undefined if the header is missing or unreadable
 */
export function retryAfter(headers: IDataObject, now = Date.now()): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isFinite(seconds)
		? seconds * 1_000
		: Date.parse(header) - sentAt(headers, now);
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function sentAt({ date }: IDataObject, now: number): number {
	const sent = typeof date === 'string' ? Date.parse(date) : NaN;
	return Number.isFinite(sent) ? sent : now;
}
