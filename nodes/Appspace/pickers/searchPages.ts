import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { anyContains } from '../runtime/pick';
import { readPages } from '../transport/pages';
import { Tenant } from '../transport/tenant';
import { toNodeError } from './toNodeError';

/** A list that can be picked from. */
export interface Picker {
	/** What the list holds, for messages: "channels". */
	plural: string;
	path: string;
	query?: IDataObject | (() => IDataObject);
	role?: string;
	/** The choices in an answer that is no list of records. */
	choicesIn?: (body: unknown) => IDataObject[];
	/** How a record is called, where it has no `name`. */
	title?: (record: IDataObject) => unknown;
	/** What tells namesakes apart, shown behind the name. */
	detail?: (record: IDataObject) => unknown;
}

const PAGE_SIZE = 100;
const ENTRIES = 100;
const READ_AHEAD = 4;

/**
 * A page of choices whose name or detail contains `filter`. Appspace has no search by name
 * (appspace-api.md 5.1, 5.3), so the list is read until a page of matches is full.
 *
 * @param token the offset at which the next page begins, as handed out with the previous one
 * @throws NodeApiError or NodeOperationError: a list that cannot be read is never shown as empty
 */
export async function searchPages(
	this: ILoadOptionsFunctions,
	picker: Picker,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const tenant = new Tenant(this, READ_AHEAD);
	const from = Number(token ?? 0);
	const query = typeof picker.query === 'function' ? picker.query() : picker.query;
	const results: INodeListSearchResult['results'] = [];
	let offset = from;
	try {
		const fetch = async (start: number, limit: number) => {
			if (!picker.choicesIn) {
				return await tenant.request({
					path: picker.path,
					query: { ...query, start: from + start, limit },
				});
			}
			return start > 0 ? [] : picker.choicesIn(await tenant.request({ path: picker.path, query }));
		};
		const listing = { pageSize: PAGE_SIZE, limit: Infinity, readAhead: filter ? READ_AHEAD : 0 };
		for await (const record of readPages(fetch, listing)) {
			if (results.length === ENTRIES) return { results, paginationToken: String(offset) };
			offset++;
			const choice = asChoice(record, picker);
			if (anyContains([choice.name, choice.value], filter)) results.push(choice);
		}
	} catch (error) {
		throw toNodeError(this, error, picker);
	}
	return { results };
}

function asChoice(record: IDataObject, { title, detail }: Picker) {
	const note = detail?.(record);
	const name = String(title?.(record) ?? record.name ?? record.email ?? record.id);
	return { name: note ? `${name} (${String(note)})` : name, value: String(record.id) };
}
