/** n8n does not accept an expression for these as a whole. */
const COLLECTIONS = ['additionalFields', 'filters', 'options', 'updateFields'];

/**
 * Parameters that are read from the current item, including whole objects and lists.
 * @param item the values by parameter; only the names matter
 */
export function readFromItem(item: object): Record<string, unknown> {
	const read = (...names: string[]) =>
		`={{ $json${names.map((name) => `[${JSON.stringify(name)}]`).join('')} }}`;
	return Object.fromEntries(
		Object.entries(item).map(([name, value]: [string, unknown]) => {
			if (!COLLECTIONS.includes(name) || typeof value !== 'object') return [name, read(name)];
			const fields = Object.keys(value ?? {}).map((inner) => [inner, read(name, inner)]);
			return [name, Object.fromEntries(fields)];
		}),
	);
}
