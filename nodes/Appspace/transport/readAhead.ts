/** Pages read ahead of a list that has not proved as long as it announces; one more request is the proof. */
const UNPROVED = 3;

/** What is known of a list when its next pages are asked for. */
export interface Position {
	/** The offset of the next page. */
	start: number;
	/** How many records a page holds. */
	step: number;
	/** The total that the server announces; it may be wrong (appspace-api.md 3.3). */
	size: number;
}

/**
 * How many pages of a list to ask for ahead. A wrong total costs four requests at most: before more are
 * asked for, the last page that the total announces is looked at. It is read again in its turn, because
 * the list may have changed by then.
 */
export class ReadAhead {
	private isProved = false;
	private proof: Promise<void> | undefined;

	/**
	 * @param most how many pages may be asked for ahead now
	 * @param hasRecords whether the page at an offset has any
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
		// A page that cannot be read proves nothing.
		this.isProved = await this.hasRecords(lastPage).catch(() => false);
	}
}
