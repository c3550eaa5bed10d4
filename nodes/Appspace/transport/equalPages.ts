import { createHash } from 'node:crypto';
import { keyOf, type AnyRecord } from './page';

/** Counts pages in a row without new IDs whose other records, as a whole, were there before. */
export class EqualPages {
	private count = 0;
	private previous: AnyRecord[] = [];
	private readonly seen = new Set<string | undefined>();

	/**
	 * @param fresh the records of a page without those whose ID was seen before
	 * @param asked how many records were requested, which are fewer at the end of a limit
	 */
	countTo(fresh: AnyRecord[], asked: number): number {
		if (asked < this.previous.length) this.seen.add(digestOf(this.previous.slice(0, asked)));
		const digest = digestOf(fresh);
		this.count = digest !== undefined && this.seen.has(digest) ? this.count + 1 : 0;
		this.seen.add(digest);
		this.previous = fresh;
		return this.count;
	}
}

/** Stands for records without an ID; undefined if one has an ID. */
function digestOf(records: AnyRecord[]): string | undefined {
	if (records.some(keyOf)) return undefined;
	try {
		return createHash('sha256').update(JSON.stringify(records)).digest('base64');
	} catch {
		// Nested too deeply to compare.
		return undefined;
	}
}
