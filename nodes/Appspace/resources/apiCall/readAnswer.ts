import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { asItems } from '../../runtime/passThrough';
import type { FetchPage } from '../../transport/pages';
import { effectOf, type Effect } from '../../transport/effect';
import { isRecord } from '../../transport/record';
import type { TenantRequest } from '../../transport/tenantRequest';
import type { Pages } from './endpointRequest';

/** What a request by this method does to the tenant. */
export function effectOfMethod(method: TenantRequest['method']): Effect {
	return effectOf({ method });
}

/**
 * Sends a request and hands on what comes; where that is a page of a listing, all records that Return All
 * and Limit ask for. Who fills in start or limit wants that page and no other.
 */
export async function readAnswer(
	call: Call,
	request: TenantRequest,
	pages: Pages,
): Promise<IDataObject | IDataObject[]> {
	const asked: TenantRequest = { ...request, acceptsText: true };
	if (pages === 'none' || namesPage(request.path)) return asItems(await call.request(asked));
	let single: { answer: unknown } | undefined;
	const fetch: FetchPage = async (start, limit, isOver) => {
		if (single) return [];
		const isFirst = start === 0;
		const query = isFirst && pages === 'possible' ? {} : { query: { start, limit } };
		const answer = await call.request({ ...asked, ...query, isOver });
		if (!isFirst || isPage(answer)) return answer;
		single = { answer };
		return [];
	};
	const records = await call.list(request.path, { fetch });
	return single ? asItems((single as { answer: unknown }).answer) : records;
}

/** Whether a path with its query says which page is wanted. */
function namesPage(path: string): boolean {
	const [, query] = path.split('?');
	return [...new URLSearchParams(query).keys()].some((name) => /^(start|limit)$/i.test(name));
}

/** The envelope of a listing (appspace-api.md 3.3), with nothing but records in it. */
function isPage(answer: unknown): boolean {
	if (!isRecord(answer) || !Array.isArray(answer.items)) return false;
	const counts = [answer.start, answer.limit, answer.size];
	return (
		counts.some((count) => Number.isFinite(Number(count ?? NaN))) && answer.items.every(isRecord)
	);
}
