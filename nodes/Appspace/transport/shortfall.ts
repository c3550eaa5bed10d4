import { RequestFailed } from './failure';

/** What a list may be missing. */
export interface Shortfall {
	/** How many records it returned, without repeats of earlier pages. */
	found: number;
	/** How many the server announced; 0 if none. */
	announced: number;
	/** Entries that are not records, such as null. */
	blank: number;
	/** Whether the server returned the same page again instead of the next one. */
	isRepeated: boolean;
}

/** The message for a shortfall. */
export function shortfallText({ found, announced, blank, isRepeated }: Shortfall): string {
	const reason =
		announced > found
			? `Appspace announced ${announced} records and returned ${found}`
			: isRepeated
				? 'Appspace returned the same page again instead of the next one'
				: `${blank} of its entries are not records`;
	return `The list may be incomplete: ${reason}.`;
}

/** The refusal of an incomplete list that may lack the record that an operation looks for. */
export function notWhole(shortfall: Shortfall): RequestFailed {
	const message = `${shortfallText(shortfall)} A record that this operation needs may be missing, so nothing was done.`;
	return new RequestFailed({ kind: 'answer', message });
}
