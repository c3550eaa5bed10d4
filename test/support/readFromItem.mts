/** n8n takes no expression for these as a whole. */
const COLLECTIONS = ['additionalFields', 'filters', 'options', 'updateFields'];

/**
 * Parameters that are read from the item at hand, whole objects and lists among them.
 *
 * @param item the values by parameter, of which the names count
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
