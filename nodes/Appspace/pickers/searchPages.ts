import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { readBatches } from '../transport/pages';
import { Tenant } from '../transport/tenant';
import { Choices } from './choices';
import { toNodeError } from './toNodeError';

/** A list to choose from. */
export interface Picker {
	/** What the list contains, for messages, such as "channels". */
	plural: string;
	path: string;
	query?: IDataObject | (() => IDataObject);
	role?: string;
	/** Finds the choices in an answer that is not a list of records. */
	choicesIn?: (body: unknown) => IDataObject[];
	/** The title of a record without `name`. */
	title?: (record: IDataObject) => unknown;
	/** Tells records with the same name apart; shown in parentheses after the name. */
	detail?: (record: IDataObject) => unknown;
}

const PAGE_SIZE = 100;
const READ_AHEAD = 4;

/**
 * A page of choices whose name, detail, or ID contains `filter`. Appspace cannot search by name
 * (appspace-api.md 5.1, 5.3), so this function reads the list until it has a full page of matches.
 *
 * @param token the token returned with the previous page
 * @throws NodeApiError or NodeOperationError: an unreadable list must not look empty
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
