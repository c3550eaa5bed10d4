import { Refusal } from '../answer.mts';

/** The record with that ID. Refuses with 404. `what` starts the message: "The channel". */
export function byId<T extends { id: string }>(
	records: readonly T[],
	id: string | undefined,
	what: string,
): T {
	const found = records.find((record) => record.id === id);
	if (!found) throw notFound(what);
	return found;
}

/** The entry under that key. Refuses with 404. */
export function byKey<T>(entries: Record<string, T>, key: string | undefined, what: string): T {
	if (key === undefined || !Object.hasOwn(entries, key)) throw notFound(what);
	return entries[key] as T;
}

export function notFound(what: string): Refusal {
	return new Refusal(404, `${what} was not found.`);
}
