const MAX_NAMED = 5;

/** The first few names, in quotes, and how many more there are, to keep messages short. */
export function firstFew(names: string[]): string {
	const more = names.length - MAX_NAMED;
	const named = names.slice(0, MAX_NAMED).map((name) => `"${name}"`);
	return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
