import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { badInput } from '../transport/failure';
import type { FetchPage } from '../transport/pages';
import { featuresOf } from './features';
import { scimPages } from './pages';

export interface Listing {
	/** In the words of RFC 7644 3.4.2.2; empty for all. */
	filter: string;
	/** What a record has to fulfil as well, lest a service ignored the filter. */
	matches?: (record: IDataObject) => boolean;
	first?: boolean;
	/** Every record, whatever Limit says. */
	all?: boolean;
}

/**
 * The records of a listing, `Users` or `Groups`.
 *
 * @throws RequestFailed for a filter where the service has none
 */
export async function listOf(
	call: Call,
	path: string,
	{ filter, ...more }: Listing,
): Promise<IDataObject[]> {
	if (filter !== '' && !(await featuresOf(call)).filter) {
		throw badInput(
			'The SCIM service of this tenant cannot filter',
			'Remove the filters, and choose among all records with a Filter node.',
		);
	}
	return await call.list(path, { ...more, fetch: pagesOf(call, path, filter) });
}

/**
 * The first record that `matches`, asked for with the filter where the service has filters, else looked for
 * in the whole list.
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
