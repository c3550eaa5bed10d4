import type { INodeListSearchItems } from 'n8n-workflow';
import { anyContains } from '../runtime/pick';
import { keyOf, type AnyRecord } from '../transport/page';
import type { Batch } from '../transport/pages';
import { shortfallText, type Shortfall } from '../transport/shortfall';

/** What a user is shown at once. */
const MOST_SHOWN = 100;

/** The choices of one page of a picker. */
export class Choices {
	readonly results: INodeListSearchItems[] = [];

	/** The offset at which this page begins. */
	readonly from: number;
	/** How many records there were before it; fewer than the offset where the list has holes. */
	found: number;

	/**
	 * @param filter what the user typed; it may be anywhere in the name or the value
	 * @param token as handed out with the page before
	 */
	constructor(
		private readonly filter: string,
		token = '0',
	) {
		const [from = 0, found = from] = token.split(':').map(Number);
		this.from = from;
		this.found = found;
	}

	/**
	 * Takes over the choices among these records.
	 *
	 * @returns the token of the next page, once this one is full
	 */
	take(
		{ start, entries, records }: Batch,
		asChoice: (record: AnyRecord) => { name: string; id: unknown },
	): string | undefined {
		for (const record of records) {
			if (this.results.length === MOST_SHOWN) {
				const next = start + entries.indexOf(record);
				return next === this.found ? String(next) : `${next}:${this.found}`;
			}
			this.found++;
			const { name, id } = asChoice(record);
			if (!anyContains([name, id], this.filter)) continue;
			const value = keyOf({ id } as AnyRecord);
			// A number that was rounded is the ID of another record.
			this.results.push(
				value === undefined ? { name: `${name} (no usable ID)`, value: '' } : { name, value },
			);
		}
		return undefined;
	}

	/** A picker has no hints, so the last choice says it; it stands for no record. */
	readonly onShortfall = (shortfall: Shortfall): void => {
		this.results.push({ name: `${shortfallText(shortfall)} Enter an ID by hand.`, value: '' });
	};
}
