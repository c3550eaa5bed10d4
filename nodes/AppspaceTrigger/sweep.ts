import { badInput } from '../Appspace/transport/failure';
import { keyOf, pageIn, type AnyRecord } from '../Appspace/transport/page';
import { readBatches, type FetchPage } from '../Appspace/transport/pages';
import type { Shortfall } from '../Appspace/transport/shortfall';
import type { List } from './triggerEvent';

/** Records for each request; long lists are read often. */
const PAGE_SIZE = 500;
/** Beyond this, the state would become too large for n8n to load with every execution. */
export const MAX_RECORDS = 200_000;

export interface SeenRecord {
	record: AnyRecord;
	/** Its key in the state. */
	key: string;
	list: List;
}

export interface Reader {
	fetch: (list: List) => FetchPage;
	/** How many pages may be requested ahead now. */
	readAhead: () => number;
	isTimeUp: () => boolean;
	/** Takes a record that the event is about; returns false to stop. */
	take: (seen: SeenRecord) => boolean;
}

/**
 * One reading of all lists of an event, from the first record to the last. It can pause and go on later.
 *
 * Each page repeats the last record of the page before. If that record is another one, or a record comes
 * twice, the list changed while it was read: the sweep is then not stable, and a record that it did not see
 * may still be there.
 */
export class Sweep {
	/** The key of every record that was seen. */
	readonly seen = new Set<string>();
	isStable = true;
	/** When its first page came, by the server's clock. */
	startedAt: number | undefined;
	private list = 0;
	private start = 0;
	private last: string | undefined;

	/**
	 * @param keyFor the key of a record in the state, from its list and its ID
	 * @param isConfirmed whether a missing record is looked up, so that a total that is too high does no harm
	 */
	constructor(
		private readonly lists: List[],
		private readonly keyFor: (list: List, id: string) => string,
		private readonly isConfirmed: boolean,
	) {}

	/** @returns whether the sweep is complete */
	async read(reader: Reader): Promise<boolean> {
		for (let list = this.lists[this.list]; list; list = this.lists[this.list]) {
			if (!(await this.readList(list, reader))) return false;
			this.list += 1;
			this.start = 0;
			this.last = undefined;
		}
		return true;
	}

	private async readList(list: List, reader: Reader): Promise<boolean> {
		const repeated = new Map<number, string | undefined>();
		const batches = readBatches(overlapping(reader.fetch(list), repeated), {
			pageSize: PAGE_SIZE - 1,
			limit: Infinity,
			readAhead: reader.readAhead,
			from: this.start,
			onShortfall: (shortfall) => this.isIncomplete(shortfall),
		});
		for await (const { start, entries, records } of batches) {
			const fits = start === this.start && (start === 0 || repeated.get(start) === this.last);
			if (!fits || records.length < entries.length) this.isStable = false;
			for (const record of records) {
				if (!this.takeOne(record, list, reader)) return false;
			}
			if (entries.length > 0) this.last = idOf(entries.at(-1));
			this.start = start + entries.length;
			if (reader.isTimeUp()) return false;
		}
		// A page with nothing new, at the end, still repeats the last record.
		if (repeated.has(this.start) && repeated.get(this.start) !== this.last) this.isStable = false;
		return true;
	}

	private takeOne(record: AnyRecord, list: List, reader: Reader): boolean {
		const id = idOf(record);
		if (id === undefined || list.matches?.(record) === false) return true;
		const key = this.keyFor(list, id);
		// Of a record that comes twice, the first counts: both would change the state at each poll.
		if (this.seen.has(key)) return true;
		if (this.seen.size === MAX_RECORDS) throw tooMany();
		if (!reader.take({ record, key, list })) return false;
		this.seen.add(key);
		return true;
	}

	private isIncomplete({ found, announced, blank, isRepeated }: Shortfall): void {
		const isShort = announced > found && !this.isConfirmed;
		if (blank > 0 || isRepeated || isShort) this.isStable = false;
	}
}

/** The ID of a record in lowercase, because Appspace ignores case in IDs. */
function idOf(entry: unknown): string | undefined {
	return keyOf((entry ?? {}) as AnyRecord)?.toLowerCase();
}

/**
 * Requests each page with the last record of the page before, which is then taken off.
 *
 * @param repeated gets the ID of that record, by the offset of the page
 */
function overlapping(fetch: FetchPage, repeated: Map<number, string | undefined>): FetchPage {
	return async (start, limit, isOver) => {
		if (start === 0) return await fetch(0, limit, isOver);
		const { entries, size, limit: echoed } = pageIn(await fetch(start - 1, limit + 1, isOver));
		const [first, ...items] = entries;
		repeated.set(start, idOf(first));
		return { items, size, ...(echoed !== undefined && { limit: echoed - 1 }) };
	};
}

function tooMany(): Error {
	return badInput(
		`There are more than ${MAX_RECORDS} records to watch`,
		'Add filters, so that the trigger watches only the records that matter.',
	);
}
