import { Breaks } from './breaks';
import { EqualPages } from './equalPages';
import { RequestFailed } from './failure';
import { keyOf, pageIn, type AnyRecord, type Page } from './page';
import { ReadAhead } from './readAhead';
import type { Shortfall } from './shortfall';

/** Fetches a page. `start` is an offset in records, `limit` a number of records. */
export type FetchPage = (
	start: number,
	limit: number,
	/** Whether the list has ended, so that a page requested ahead is no longer needed. */
	isOver: () => boolean,
) => Promise<unknown>;

export interface Listing {
	/** Records for each page. */
	pageSize: number;
	/** The most records to return; Infinity for all. */
	limit: number;
	/** How many pages may be requested ahead now; see `ReadAhead`. */
	readAhead: () => number;
	/** The offset of the first page; 0 by default. */
	from?: number;
	/** How many records were found before it; equal to the offset by default. */
	found?: number;
	/** Checks each record, because the server ignores filters that it does not know. */
	matches?: (record: AnyRecord) => boolean;
	/** Called at the end of a list that may lack records. */
	onShortfall: (shortfall: Shortfall) => void;
}

/** The matching records of a page, and how far the list was read. */
export interface Batch {
	/** The offset of the page. */
	start: number;
	entries: unknown[];
	records: AnyRecord[];
}

const MAX_PAGES = 20_000;
/** No limit of a server is known to be below this (appspace-api.md 3.3), so a shorter page was not cut. */
const SURE_LENGTH = 100;
/** Records without an ID may be equal, but this many such pages in a row are the same pages repeated. */
const MAX_EQUAL_PAGES = 50;

/** Yields the records of a list in order; see `readBatches`. */
export async function* readPages(fetch: FetchPage, listing: Listing): AsyncGenerator<AnyRecord> {
	for await (const { records } of readBatches(fetch, listing)) yield* records;
}

/**
 * Yields the records of a list in order, one page at a time, without those whose ID was on an earlier page: a
 * list may grow while it is read. An ID that occurs twice on one page identifies no record there, so both stay.
 *
 * An empty page ends the list, and so does a short page if `size` is exactly what was read. If `size`
 * announces more records, only a second page without records ends it. `size` alone never ends the list; it
 * only limits how many pages to request ahead.
 *
 * @throws RequestFailed if the server repeats its pages although it announces more
 */
export async function* readBatches(fetch: FetchPage, listing: Listing): AsyncGenerator<Batch> {
	const { from = 0, found = from, matches, onShortfall } = listing;
	const seen = new Set<string>();
	const ahead = new PagesAhead(fetch, listing);
	const equal = new EqualPages();
	let start = from;
	let left = listing.limit;
	const end = { found, announced: 0, blank: from - found, isRepeated: false };
	let isAfterGap = false;
	/** Whether the server sends records that are not wanted, so that the limit says nothing about pages. */
	let isSifted = false;
	const breaks = new Breaks();

	try {
		for (let count = 0; left > 0; count++) {
			if (count === MAX_PAGES) throw endless(`did not end after ${MAX_PAGES} pages`);
			const { page, asked } = await ahead.next(start, left);
			breaks.restart();
			const { entries, records } = page;
			const fresh = records.filter((record) => !seen.has(keyOf(record) ?? ''));
			const total = page.size ?? end.announced;
			const announcesMore = total > start + entries.length;
			const equalPages = entries.length > 0 ? equal.countTo(fresh, asked) : 0;
			if (equalPages > MAX_EQUAL_PAGES) throw repeated(end.found);
			end.isRepeated ||= equalPages > 0;
			// This page was requested only to see whether the one before it was cut.
			if (equalPages > 0 && isShort(page, asked) && !announcesMore) break;
			const wanted = matches ? await matching(fresh, matches, breaks) : fresh;
			if (wanted.length > 0) yield { start, entries, records: wanted.slice(0, left) };
			left -= wanted.length;
			if (left <= 0) {
				// Records beyond the limit are not missing, but a repeated page stands for others.
				if (end.isRepeated) onShortfall({ ...end, announced: 0 });
				return;
			}
			isSifted ||= wanted.length < fresh.length;

			end.found += fresh.length;
			end.announced = Math.max(end.announced, page.size ?? 0);
			end.blank += entries.length - records.length;
			if (entries.length === 0) {
				if (isAfterGap || !announcesMore) break;
				isAfterGap = true;
				start += page.limit || asked;
				continue;
			}
			isAfterGap = false;
			const isFull = entries.length >= Math.min(ahead.step, asked);
			if (records.length > 0 && fresh.length === 0) {
				if (isFull && end.announced > end.found) throw repeated(end.found, end.announced);
				// A server that also ignores the limit returns everything at once.
				end.isRepeated ||= isFull && entries.length <= asked;
				break;
			}
			start += entries.length;
			// Without a total that agrees, a server that echoes any limit may have cut the page at its own.
			const isUncut = entries.length < (ahead.step || SURE_LENGTH);
			if (isUncut && isShort(page, asked) && total === start) break;
			for (const record of records) remember(seen, record);
			ahead.ask(page, start, isSifted ? Infinity : start + left);
		}
		if (end.announced > end.found || end.blank > 0 || end.isRepeated) onShortfall(end);
	} finally {
		ahead.isOver = true;
	}
}

/** The pages of a list, some of them requested ahead. */
class PagesAhead {
	/** How many entries the previous page had. */
	step = 0;
	isOver = false;
	private readonly pages = new Map<number, Promise<Page>>();
	private readonly readAhead: ReadAhead;

	constructor(
		private readonly fetch: FetchPage,
		private readonly listing: Listing,
	) {
		this.readAhead = new ReadAhead(listing.readAhead, async (start) => {
			return (await this.fetched(start, listing.pageSize)).entries.length > 0;
		});
	}

	async next(start: number, left: number): Promise<{ page: Page; asked: number }> {
		const asked = this.limitFor(left);
		const page = await (this.pages.get(start) ?? this.fetched(start, asked));
		this.pages.delete(start);
		return { page, asked };
	}

	/** Requests the pages after `page` that will probably be needed; none from offset `wanted` on. */
	ask({ entries, size = 0 }: Page, start: number, wanted: number): void {
		const isSteady = this.step === 0 || entries.length === this.step;
		// If the length of pages changes, the pages requested ahead start at the wrong offsets.
		if (!isSteady) this.pages.clear();
		this.step = entries.length;
		const last = Math.min(size, wanted);
		const depth = isSteady ? this.readAhead.depth({ start, step: this.step, size: last }) : 0;
		const end = Math.min(last, start + depth * this.step);
		for (let next = start; next < end; next += this.step) {
			if (this.pages.has(next)) continue;
			const page = this.fetched(next, this.limitFor(wanted - next));
			// Nobody may ever await this page, so its failure must not surface.
			page.catch(() => undefined);
			this.pages.set(next, page);
		}
	}

	private limitFor(wanted: number): number {
		const { matches, pageSize } = this.listing;
		return matches ? pageSize : Math.min(pageSize, wanted);
	}

	private async fetched(start: number, limit: number): Promise<Page> {
		return pageIn(await this.fetch(start, limit, () => this.isOver));
	}
}

/**
 * Whether a page is shorter than the limit that the server echoes. Without an echo, the server may have its
 * own limit, so another page must be requested.
 */
function isShort({ entries, limit }: Page, asked: number): boolean {
	return limit !== undefined && entries.length < Math.min(limit, asked);
}

/** Takes breaks, because a page may contain everything and a filter may be slow. */
async function matching(
	records: AnyRecord[],
	matches: (record: AnyRecord) => boolean,
	breaks: Breaks,
): Promise<AnyRecord[]> {
	const wanted: AnyRecord[] = [];
	for (const record of records) {
		if (breaks.isDue) await breaks.take();
		if (matches(record)) wanted.push(record);
	}
	return wanted;
}

function remember(seen: Set<string>, record: AnyRecord): void {
	const key = keyOf(record);
	if (key !== undefined) seen.add(key);
}

function repeated(found: number, announced?: number): RequestFailed {
	const more = announced === undefined ? '' : ` of ${announced}`;
	return endless(
		`returned ${found} records${more} and then repeated them, so paging does not work here`,
	);
}

function endless(what: string): RequestFailed {
	return new RequestFailed({
		kind: 'answer',
		message: `The list in Appspace cannot be read to the end: it ${what}.`,
	});
}
