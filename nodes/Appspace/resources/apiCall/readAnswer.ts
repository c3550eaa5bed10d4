import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { asItem, asItems, hintOnFirstPage, isEnvelope } from '../../runtime/passThrough';
import { effectOf, type Effect } from '../../transport/effect';
import type { FetchPage } from '../../transport/pages';
import { shortfallText } from '../../transport/shortfall';
import type { TenantRequest } from '../../transport/tenantRequest';
import type { Pages } from './endpointRequest';

/** The effect of a request with this method. */
export function effectOfMethod(method: TenantRequest['method']): Effect {
	return effectOf({ method });
}

/**
 * Sends a request and returns its answer. If the answer is a page of a list, reads as many records as Return
 * All and Limit require, unless the request itself sets start or limit.
 */
export async function readAnswer(
	call: Call,
	request: TenantRequest,
	pages: Pages,
): Promise<IDataObject | IDataObject[]> {
	const first: TenantRequest = { ...request, acceptsText: true };
	if (pages === 'none' || namesPage(request.path)) {
		const answer = await call.request(first);
		if (!namesPage(request.path)) hintOnFirstPage(call, answer);
		return asItems(answer);
	}
	let single: { answer: unknown } | undefined;
	let before: string | undefined;
	const fetch: FetchPage = async (start, limit, isOver) => {
		if (single) return [];
		const isFirst = start === 0;
		const query = isFirst && pages === 'possible' ? {} : { query: { start, limit } };
		const answer = await call.request({ ...first, ...query, isOver });
		if (isEnvelope(answer)) return { ...answer, items: answer.items.map(asItem) };
		if (Array.isArray(answer) && pages === 'described') {
			const text = JSON.stringify(answer);
			if (text === before) return repeated(call, answer);
			before = text;
			return answer.map(asItem);
		}
		if (!isFirst) return answer;
		single = { answer };
		return [];
	};
	const records = await call.list(request.path, { fetch });
	return single ? asItems((single as { answer: unknown }).answer) : records;
}

/** A plain array that is the same for the next page may be the whole list. */
function repeated(call: Call, { length: found }: unknown[]): unknown[] {
	if (found > 0) {
		call.hint(shortfallText({ found, announced: 0, blank: 0, isRepeated: true }));
	}
	return [];
}

/** Whether the query of a path sets start or limit. */
function namesPage(path: string): boolean {
	const [, query] = path.split('?');
	return [...new URLSearchParams(query).keys()].some((name) => /^(start|limit)$/i.test(name));
}
