const MOST_NAMED = 5;

/** The first few of some names, in quotes, and how many more there are: a message is no list. */
export function firstFew(names: string[]): string {
	const more = names.length - MOST_NAMED;
	const named = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
	return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
