import { readPages, type FetchPage, type Listing } from '../../nodes/Appspace/transport/pages.ts';
import type { Shortfall } from '../../nodes/Appspace/transport/shortfall.ts';

/** The records of a list, in pages of 100 unless `listing` says otherwise. */
export async function read(fetch: FetchPage, listing: Partial<Listing> = {}) {
	const got = [];
	const onShortfall = () => undefined;
	const all = { pageSize: 100, limit: Infinity, readAhead: () => 10, onShortfall, ...listing };
	for await (const record of readPages(fetch, all)) got.push(record);
	return got;
}

/** The same with what the list may lack, or with what was thrown. */
export async function readWell(fetch: FetchPage, listing: Partial<Listing> = {}) {
	const shortfalls: Shortfall[] = [];
	const onShortfall = (shortfall: Shortfall) => void shortfalls.push({ ...shortfall });
	try {
		return { records: await read(fetch, { ...listing, onShortfall }), shortfalls };
	} catch (error) {
		return { records: [], shortfalls, error: error as { failure: { message: string } } };
	}
}
