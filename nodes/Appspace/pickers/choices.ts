import type { INodeListSearchItems } from 'n8n-workflow';
import { anyContains } from '../runtime/pick';
import { keyOf, type AnyRecord } from '../transport/page';
import type { Batch } from '../transport/pages';
import { shortfallText, type Shortfall } from '../transport/shortfall';

/** The number of choices on a page. */
const MAX_SHOWN = 100;

/** The choices of one page of a picker. */
export class Choices {
	readonly results: INodeListSearchItems[] = [];

	/** The offset of this page. */
	readonly from: number;
	/** The number of records before this page; less than the offset if the list has gaps. */
	found: number;

	/**
	 * @param filter the typed text, which may occur anywhere in the name or the ID
	 * @param token the token returned with the previous page
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
	 * Adds the choices among these records.
	 *
	 * @returns the token of the next page as soon as this page is full
	 */
	take(
		{ start, entries, records }: Batch,
		asChoice: (record: AnyRecord) => { name: string; id: unknown },
	): string | undefined {
		for (const record of records) {
			if (this.results.length === MAX_SHOWN) {
				const next = start + entries.indexOf(record);
				return next === this.found ? String(next) : `${next}:${this.found}`;
			}
			this.found++;
			const { name, id } = asChoice(record);
			if (!anyContains([name, id], this.filter)) continue;
			const value = keyOf({ id } as AnyRecord);
			// A rounded number could be the ID of another record.
			this.results.push(
				value === undefined ? { name: `${name} (no usable ID)`, value: '' } : { name, value },
			);
		}
		return undefined;
	}

	/** Pickers cannot show hints, so an extra choice without a value shows the shortfall. */
	readonly onShortfall = (shortfall: Shortfall): void => {
		this.results.push({ name: `${shortfallText(shortfall)} Enter an ID by hand.`, value: '' });
	};
}
