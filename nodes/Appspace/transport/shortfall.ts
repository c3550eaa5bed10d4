import { RequestFailed } from './failure';

/** What a list may lack. */
export interface Shortfall {
	/** How many different records it gave. */
	found: number;
	/** How many the server announced; 0 where it announced nothing. */
	announced: number;
	/** Entries that are no records, such as null. */
	blank: number;
	/** Whether the server gave the same page again where the next one was asked for. */
	isRepeated: boolean;
}

/** A shortfall in the words of a message. */
export function shortfallText({ found, announced, blank, isRepeated }: Shortfall): string {
	const reason =
		announced > found
			? `Appspace announced ${announced} records and gave ${found}`
			: isRepeated
				? 'Appspace gave the same page again when asked for the next one'
				: `${blank} of its entries hold no record`;
	return `The list may be incomplete: ${reason}.`;
}

/** The refusal of a list in which something was looked for that may be among what it lacks. */
export function notWhole(shortfall: Shortfall): RequestFailed {
	const message = `${shortfallText(shortfall)} What was looked for may be among the missing ones, so nothing was done.`;
	return new RequestFailed({ kind: 'answer', message });
}
