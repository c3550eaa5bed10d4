import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { isRefusal, type Refusal } from '../transport/failure';
import { attribute } from '../transport/scim/attributes';
import { allOf, anyOf } from './filter';
import { firstOf, listOf } from './listing';
import type { Part } from './parts';

type Matches = (record: IDataObject) => boolean;

/**
 * The records of a listing that fulfill all parts, each through one of its alternatives. Not every service
 * understands "or"; for those, queries each combination separately. If the service understands no filter,
 * the checks select from all records, where they are enough.
 *
 * @throws RequestFailed for a filter if the service does not support filters
 */
export async function listOfAny(call: Call, path: string, parts: Part[]): Promise<IDataObject[]> {
	const alternatives = parts.map((part) => part.alternatives);
	const filter = allOf(alternatives.map(anyOf));
	const matches = checkOf(parts);
	const found = await orNotUnderstood(listOf(call, path, { filter, matches }));
	if (!isRefusal(found)) return found;
	const ways = combinations(alternatives);
	if (ways.length > 1) {
		const one = await orNotUnderstood(oneByOne(call, path, ways, matches));
		if (!isRefusal(one)) return one;
	}
	if (filter !== '' && parts.every(({ isEnough }) => isEnough)) {
		return await listOf(call, path, { filter: '', matches });
	}
	throw found;
}

/** The checks of all parts. Without any, a list is read no further than its limit. */
function checkOf(parts: Part[]): Matches | undefined {
	const checks = parts.flatMap(({ matches }) => matches ?? []);
	return checks.length === 0 ? undefined : (record) => checks.every((check) => check(record));
}

async function oneByOne(
	call: Call,
	path: string,
	ways: string[][],
	matches?: Matches,
): Promise<IDataObject[]> {
	const records = new Map<unknown, IDataObject>();
	for (const way of ways) {
		const some = await listOf(call, path, { filter: allOf(way), matches, all: true });
		for (const record of some) records.set(attribute(record, 'id') ?? record, record);
	}
	const all = [...records.values()];
	// Limit applies to the combined result.
	const fetch = async (start: number, limit: number) =>
		await Promise.resolve({ items: all.slice(start, start + limit), limit, size: all.length });
	return await call.list(path, { fetch });
}

/**
 * The first record that `matches`. Searches with all filters joined by "or", then with one filter at a time
 * if the service does not understand that, and finally through the whole list.
 */
export async function firstOfAny(
	call: Call,
	path: string,
	filters: string[],
	matches: Matches,
): Promise<IDataObject | undefined> {
	const together = filters.length > 1 ? [[anyOf(filters)], filters] : [filters];
	for (const attempt of together) {
		const found = await orNotUnderstood(firstOfEach(call, path, attempt, matches));
		if (!isRefusal(found)) return found;
	}
	return await firstOf(call, path, '', matches);
}

async function firstOfEach(
	call: Call,
	path: string,
	filters: string[],
	matches: Matches,
): Promise<IDataObject | undefined> {
	for (const filter of filters) {
		const found = await firstOf(call, path, filter, matches);
		if (found) return found;
	}
	return undefined;
}

async function orNotUnderstood<T>(work: Promise<T>): Promise<T | Refusal> {
	return await work.catch((error: unknown) => {
		if (isNotUnderstood(error)) return error;
		throw error;
	});
}

/** Whether a service rejected a filter that it does not understand (RFC 7644 3.12). */
export function isNotUnderstood(error: unknown): error is Refusal {
	if (!isRefusal(error)) return false;
	const { status, scimType = '' } = error.failure;
	return [400, 501].includes(status) && /^(invalidFilter)?$/i.test(scimType);
}

/** Every combination that fulfills all parts: one alternative from each. */
function combinations(parts: string[][]): string[][] {
	return parts.reduce<string[][]>(
		(ways, part) => ways.flatMap((way) => part.map((one) => [...way, one])),
		[[]],
	);
}
