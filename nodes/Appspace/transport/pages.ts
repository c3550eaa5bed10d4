import type { IDataObject } from 'n8n-workflow';
import { Breaks } from './breaks';
import { RequestFailed } from './failure';
import { isRecord } from './record';

export type AnyRecord = IDataObject;

/** One page as asked for: `start` is an offset in records, `limit` the number of records. */
export type FetchPage = (
	start: number,
	limit: number,
	/** Whether the listing has ended, so that a page asked for ahead is of no use any more. */
	isOver: () => boolean,
) => Promise<unknown>;

export interface Listing {
	/** Records for each page. */
	pageSize: number;
	/** The most records wanted; Infinity for all. */
	limit: number;
	/** How many pages may be asked for at once. */
	readAhead: number;
	/** The server ignores filters that it does not know, so they are checked here. */
	matches?: (record: AnyRecord) => boolean;
}

const MOST_PAGES = 20_000;

interface Page {
	records: AnyRecord[];
	/** How far this page moves the offset: entries that are no records count as well. */
	count: number;
	/** The page size that the server says it used. */
	limit?: number;
	/** The total that the server announces; it may be wrong (appspace-api.md 3.3). */
	size?: number;
}

/**
 * Yields the records of a listing, each once and in order, page after page.
 *
 * The end is an empty page, a page that brings nothing new, or a page shorter than the server's own
 * limit; `size` alone ends nothing. It only tells how many pages are worth asking for ahead, so a
 * wrong one costs a few requests and never a record.
 */
export async function* readPages(fetch: FetchPage, listing: Listing): AsyncGenerator<AnyRecord> {
	const seen = new Set<unknown>();
	const ahead = new Map<number, Promise<Page>>();
	let start = 0;
	let step = 0;
	let left = listing.limit;
	const sizeFor = (wanted: number) =>
		listing.matches ? listing.pageSize : Math.min(listing.pageSize, wanted);

	const breaks = new Breaks();
	let hasEnded = false;
	const ask = async (at: number, size: number) => pageIn(await fetch(at, size, () => hasEnded));

	try {
		for (let count = 0; left > 0; count++) {
			if (count === MOST_PAGES) {
				throw new RequestFailed({
					kind: 'answer',
					message: `The list of Appspace did not end after ${MOST_PAGES} pages.`,
				});
			}
			const asked = sizeFor(left);
			const page = await (ahead.get(start) ?? ask(start, asked));
			ahead.delete(start);
			breaks.restart();

			const known = new Set(page.records.filter((record) => seen.has(keyOf(record))));
			for (const record of page.records) {
				if (breaks.isDue) await breaks.take();
				// A list that grew while it was read shows the same record again on the next page.
				const isRepeated = record.id !== undefined && known.has(record);
				if (isRepeated || (listing.matches && !listing.matches(record))) continue;
				yield record;
				if (--left === 0) return;
			}
			start += page.count;
			if (known.size === page.records.length || isLast(page, start, asked)) return;
			for (const record of page.records) seen.add(keyOf(record));

			// Pages of another length than before: what was asked for ahead began at the wrong places.
			const isSteady = step === 0 || page.count === step;
			if (!isSteady) ahead.clear();
			step = page.count;
			const wanted = listing.matches ? Infinity : start + left;
			const window = isSteady ? step * listing.readAhead : 0;
			const end = Math.min(page.size ?? 0, wanted, start + window);
			for (let next = start; next < end; next += step) {
				if (!ahead.has(next)) ahead.set(next, quietly(ask(next, sizeFor(wanted - next))));
			}
		}
	} finally {
		hasEnded = true;
	}
}

/**
 * The entries of an answer: the envelope's `items`, or a bare array (appspace-api.md 3.3, 5.1).
 *
 * @throws RequestFailed when the answer is no list
 */
export function entriesIn(body: unknown): unknown[] {
	const items: unknown = Array.isArray(body) ? body : (body as IDataObject | null)?.items;
	if (Array.isArray(items)) return items;
	throw new RequestFailed({
		kind: 'answer',
		message: 'Appspace answered with something that is not a list.',
	});
}

/** The entries of an answer that are records; others (null, text) say nothing about anything. */
export function recordsIn(body: unknown): AnyRecord[] {
	return entriesIn(body).filter(isRecord);
}

function pageIn(body: unknown): Page {
	const { limit: echoed, size } = (Array.isArray(body) ? {} : (body ?? {})) as IDataObject;
	return {
		records: recordsIn(body),
		count: entriesIn(body).length,
		limit: natural(echoed),
		size: natural(size),
	};
}

/**
 * A page shorter than the limit that the server echoes is the last one, unless `size` announces more.
 * Without an echo the server may have a limit of its own, so a further page has to be asked for.
 */
function isLast({ count, limit, size }: Page, collected: number, asked: number): boolean {
	if (limit === undefined || count >= Math.min(limit, asked)) return false;
	return size === undefined || size <= collected;
}

/** A page that is asked for ahead may never be looked at; then its failure must not surface. */
function quietly<T>(page: Promise<T>): Promise<T> {
	page.catch(() => undefined);
	return page;
}

function natural(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function keyOf(record: AnyRecord): unknown {
	const { id } = record;
	if (typeof id === 'string' || typeof id === 'number') return String(id);
	try {
		return JSON.stringify(record);
	} catch {
		// Nested too deeply: it is like no other.
		return record;
	}
}
