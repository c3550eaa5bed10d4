/** How many pages to request ahead before the announced total is verified, which takes one more request. */
const UNPROVED = 3;

/** The position in a list when its next pages are requested. */
export interface Position {
	/** The offset of the next page. */
	start: number;
	/** The number of records on a page. */
	step: number;
	/** The total that the server announces; it may be wrong (appspace-api.md 3.3). */
	size: number;
}

/**
 * Decides how many pages of a list to request ahead. A wrong total costs at most four requests, because
 * before requesting more, this reads the last page that the total announces. That page is read again in its
 * turn, because the list may have changed by then.
 */
export class ReadAhead {
	private isProved = false;
	private proof: Promise<void> | undefined;

	/**
	 * @param most how many pages may be requested ahead now
	 * @param hasRecords whether the page at an offset has any records
	 */
	constructor(
		private readonly most: () => number,
		private readonly hasRecords: (start: number) => Promise<boolean>,
	) {}

	depth({ start, step, size }: Position): number {
		if (this.isProved) return this.most();
		const left = Math.max(0, Math.ceil((size - start) / step));
		if (!this.proof && left <= UNPROVED + 1) return Math.min(left, this.most());
		if (this.most() > UNPROVED) this.proof ??= this.prove(start + (left - 1) * step);
		return Math.min(UNPROVED, this.most());
	}

	private async prove(lastPage: number): Promise<void> {
		// A page that cannot be read verifies nothing.
		this.isProved = await this.hasRecords(lastPage).catch(() => false);
	}
}
