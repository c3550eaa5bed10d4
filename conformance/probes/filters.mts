import type { Ask } from '../ask.mts';
import { isObject, listOf } from '../exchange.mts';
import type { Expectation, Filter } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { listed, ours, safe, type SafeText } from '../redaction.mts';

type Effect = 'honored' | 'ignored' | 'refused' | 'unclear';

/** A row in the report's table of filters. */
export interface FilterRow {
	endpoint: string;
	filter: SafeText;
	effect: SafeText;
	known: SafeText;
}

export interface FilterResult {
	row: FilterRow;
	finding: Finding;
}

const PAGING = { start: 0, limit: 20 };

/** Filters for a value that no record has: if the records stay the same, the filter was ignored. */
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
	// By ID, because other fields may change at any time.
	const keys = (list: unknown[]) => list.map((one) => (isObject(one) && one.id) || one);
	return JSON.stringify(keys(entries)) === JSON.stringify(keys(plain)) ? 'ignored' : 'unclear';
}

const EFFECTS: Record<Effect, SafeText> = {
	honored: safe`honored`,
	ignored: safe`ignored`,
	refused: safe`honored: refuses unknown values`,
	unclear: safe`unclear`,
};

const KNOWN: Record<Filter['known'], SafeText> = {
	honored: safe`honored`,
	ignored: safe`ignored`,
	open: safe`not known`,
};

function resultOf(
	{ endpoint, section }: Expectation,
	{ none, known }: Filter,
	effect: Effect,
): FilterResult {
	const filter = listed(Object.keys(none).map(ours), safe` and `);
	const isAsKnown = effect === known || (effect === 'refused' && known === 'honored');
	const standing =
		known === 'open' || effect === 'unclear' ? 'new' : isAsKnown ? 'known' : 'differs';
	const text =
		standing === 'differs'
			? safe`the filter ${filter} is ${EFFECTS[effect]}, not ${KNOWN[known]}`
			: safe`the filter ${filter} is ${EFFECTS[effect]}`;
	return {
		row: { endpoint, filter, effect: EFFECTS[effect], known: KNOWN[known] },
		finding: { topic: `filter.${effect}`, standing, text, endpoint, section },
	};
}
