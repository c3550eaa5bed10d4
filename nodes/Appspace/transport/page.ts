import type { IDataObject } from 'n8n-workflow';
import { RequestFailed } from './failure';
import { isRecord } from './record';

export type AnyRecord = IDataObject;

/** A page of a list as the server sent it. */
export interface Page {
	entries: unknown[];
	records: AnyRecord[];
	/** The page size that the server reports. */
	limit?: number;
	/** The total that the server announces, which may be wrong (appspace-api.md 3.3). */
	size?: number;
}

/**
 * Reads the page in a reply: an envelope or a bare array (appspace-api.md 3.3, 5.1).
 *
 * @throws RequestFailed if the reply is not a list
 */
export function pageIn(body: unknown): Page {
	const envelope = (Array.isArray(body) ? { items: body } : (body ?? {})) as IDataObject;
	const { items, limit, size } = envelope;
	if (!Array.isArray(items)) {
		throw new RequestFailed({
			kind: 'answer',
			message: 'Appspace answered with something that is not a list.',
		});
	}
	const entries = items as unknown[];
	return { entries, records: entries.filter(isRecord), limit: natural(limit), size: natural(size) };
}

/** Whether a first page indicates that there are more. */
export function announcesMore({ entries, limit, size }: Page): boolean {
	if (size !== undefined) return size > entries.length;
	return limit !== undefined && entries.length >= limit;
}

/** Matches an empty ID, including one of zeros, which means none (appspace-api.md 3.2). */
const NO_ID = /^[0-]*$/;

/**
 * The unique ID of a record; undefined if it has none. A number that JavaScript cannot represent exactly
 * was rounded, so several records may share it.
 */
export function keyOf(record: AnyRecord): string | undefined {
	const id = record.id ?? record.Id ?? record.ID;
	if (Number.isSafeInteger(id)) return String(id);
	return typeof id === 'string' && !NO_ID.test(id) ? id : undefined;
}

/** A whole number of 0 or more, given as a number or text. */
export function natural(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
