import type { Ask } from '../ask.mts';
import { isObject, listOf } from '../exchange.mts';
import type { Expectation, Filter } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { listed, ours, say, type Said } from '../redaction.mts';

type Effect = 'honored' | 'ignored' | 'refused' | 'unclear';

/** What a table of the report says of a filter. */
export interface FilterRow {
	endpoint: string;
	filter: Said;
	effect: Said;
	known: Said;
}

export interface FilterResult {
	row: FilterRow;
	finding: Finding;
}

const PAGING = { start: 0, limit: 20 };

/** Asks for what no record can match: whoever still gets the same records has been ignored. */
export async function probeFilters(
	ask: Ask,
	expectation: Expectation,
	path: string,
): Promise<FilterResult[]> {
	const { filters = [] } = expectation;
	if (filters.length === 0) return [];
	const plain = listOf((await ask({ path, query: PAGING })).body);
	if (!plain?.length) return [];
	const results: FilterResult[] = [];
	for (const filter of filters) {
		const answer = await ask({ path, query: { ...PAGING, ...filter.none } });
		const entries = answer.status === 200 ? listOf(answer.body) : undefined;
		results.push(resultOf(expectation, filter, effectOf(answer.status, entries, plain)));
	}
	return results;
}

function effectOf(status: number, entries: unknown[] | undefined, plain: unknown[]): Effect {
	if (status === 400 || status === 404 || status === 422) return 'refused';
	if (entries === undefined) return 'unclear';
	if (entries.length === 0) return 'honored';
	// By ID: other fields may change from one moment to the next.
	const keys = (list: unknown[]) => list.map((one) => (isObject(one) && one.id) || one);
	return JSON.stringify(keys(entries)) === JSON.stringify(keys(plain)) ? 'ignored' : 'unclear';
}

const EFFECTS: Record<Effect, Said> = {
	honored: say`honored`,
	ignored: say`ignored`,
	refused: say`read: a value that does not exist is refused`,
	unclear: say`unclear`,
};

const KNOWN: Record<Filter['known'], Said> = {
	honored: say`honored`,
	ignored: say`ignored`,
	open: say`not known`,
};

function resultOf(
	{ endpoint, section }: Expectation,
	{ none, known }: Filter,
	effect: Effect,
): FilterResult {
	const filter = listed(Object.keys(none).map(ours), say` and `);
	const isAsKnown = effect === known || (effect === 'refused' && known === 'honored');
	const standing =
		known === 'open' || effect === 'unclear' ? 'new' : isAsKnown ? 'known' : 'differs';
	const text =
		standing === 'differs'
			? say`the filter ${filter} is ${EFFECTS[effect]}, not ${KNOWN[known]}`
			: say`the filter ${filter} is ${EFFECTS[effect]}`;
	return {
		row: { endpoint, filter, effect: EFFECTS[effect], known: KNOWN[known] },
		finding: { topic: `filter.${effect}`, standing, text, endpoint, section },
	};
}
