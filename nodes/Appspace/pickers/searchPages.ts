import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { readBatches } from '../transport/pages';
import { Tenant } from '../transport/tenant';
import { Choices } from './choices';
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
	const query = typeof picker.query === 'function' ? picker.query() : picker.query;
	const choices = new Choices(filter, token);
	try {
		let whole: IDataObject[] | undefined;
		const fetch = async (start: number, limit: number) => {
			if (!picker.choicesIn) {
				return await tenant.request({ path: picker.path, query: { ...query, start, limit } });
			}
			whole ??= picker.choicesIn(await tenant.request({ path: picker.path, query }));
			return whole.slice(start);
		};
		const { from, found, onShortfall } = choices;
		const readAhead = () => (filter ? READ_AHEAD : 0);
		const listing = { pageSize: PAGE_SIZE, limit: Infinity, readAhead, from, found, onShortfall };
		for await (const batch of readBatches(fetch, listing)) {
			const next = choices.take(batch, (record) => asChoice(record, picker));
			if (next !== undefined) return { results: choices.results, paginationToken: next };
		}
	} catch (error) {
		throw toNodeError(this, error, picker);
	}
	return { results: choices.results };
}

function asChoice(record: IDataObject, { title, detail }: Picker) {
	const note = detail?.(record);
	const name = String(title?.(record) ?? record.name ?? record.email ?? record.id);
	return { name: note ? `${name} (${String(note)})` : name, id: record.id };
}
