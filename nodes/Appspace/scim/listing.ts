import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { badInput } from '../transport/failure';
import type { FetchPage } from '../transport/pages';
import { featuresOf } from './features';
import { scimPages } from './pages';

export interface Listing {
	/** A filter as in RFC 7644 3.4.2.2; empty for all records. */
	filter: string;
	/** An extra check of each record, in case the service ignores the filter. */
	matches?: (record: IDataObject) => boolean;
	first?: boolean;
	/** Returns every record, regardless of Limit. */
	all?: boolean;
	/** Throws if the list may lack records. */
	whole?: boolean;
}

/**
 * The records of a listing, `Users` or `Groups`.
 *
 * @throws RequestFailed for a filter if the service does not support filters
 */
export async function listOf(
	call: Call,
	path: string,
	{ filter, ...more }: Listing,
): Promise<IDataObject[]> {
	if (filter !== '' && !(await featuresOf(call)).filter) {
		throw badInput(
			'The SCIM service of this tenant does not support filters',
			'Remove the filters, and select records with a Filter node after this node.',
		);
	}
	return await call.list(path, { ...more, fetch: pagesOf(call, path, filter) });
}

/**
 * The first record that `matches`. Searches with the filter if the service supports filters, otherwise
 * through the whole list.
 */
export async function firstOf(
	call: Call,
	path: string,
	filter: string,
	matches: (record: IDataObject) => boolean,
): Promise<IDataObject | undefined> {
	const isAsked = filter !== '' && (await featuresOf(call)).filter;
	const fetch = pagesOf(call, path, isAsked ? filter : '');
	const [record] = await call.list(path, { first: true, matches, fetch });
	return record;
}

function pagesOf(call: Call, path: string, filter: string): FetchPage {
	return scimPages(async (request) => await call.request(request), path, filter);
}
