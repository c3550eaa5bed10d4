import { json, Refusal, type Answer } from './answer.mts';
import type { Call } from './routes/endpoint.mts';
import type { Settings } from './settings.mts';

/** The page size when the request names none; seen in a captured response (appspace-api.md 3.3). */
const DEFAULT_LIMIT = 100;

/** What `size` counts: the total nearly everywhere, the page on a few endpoints (S4 on `/devices`). */
export type SizeMeaning = 'total' | 'page';

/**
 * A page in the captured envelope `{ items, start, limit, size }`, cut by `start` and `limit`
 * (appspace-api.md 3.3). Refuses values that are not numbers with 400.
 */
export function listing(
	call: Pick<Call, 'query' | 'settings'>,
	records: readonly unknown[],
	meaning: SizeMeaning = 'total',
): Answer {
	const { settings } = call;
	const start = wholeNumber(call.query, 'start', 0, 0);
	const asked = wholeNumber(call.query, 'limit', DEFAULT_LIMIT, 1);
	const limit = appliedLimit(asked, settings);
	const from = settings.repeatPages ? 0 : start;
	const items = withHole(records.slice(from, from + limit), from, records.length, settings);

	const truth = meaning === 'total' ? records.length : items.length;
	const size = {
		right: truth,
		wrong: items.length,
		tooLarge: records.length + 1000,
		missing: undefined,
		text: String(truth),
	}[settings.size];
	const echo = {
		...{ right: { limit }, asked: { limit: asked } },
		...{ text: { limit: String(limit) }, missing: {} },
	}[settings.limitEcho];
	return json(200, {
		items,
		start,
		...echo,
		...(size === undefined ? {} : { size }),
	});
}

/** The same for a search in a body, which counts `page` from 0 (appspace-api.md 5.5). */
export function numberedPage(
	call: Pick<Call, 'query' | 'settings'>,
	body: Record<string, unknown>,
	records: readonly unknown[],
): Answer {
	const page = wholeNumber(body, 'page', 0, 0);
	const asked = wholeNumber(body, 'limit', DEFAULT_LIMIT, 1);
	const start = page * appliedLimit(asked, call.settings);
	const query = { start: String(start), limit: String(asked) };
	return listing({ ...call, query }, records);
}

function appliedLimit(asked: number, { limitCap }: Call['settings']): number {
	return Math.min(asked, limitCap ?? asked);
}

/** The page with the middle of the list may be a hole; a list of one page has none. */
function withHole(
	page: readonly unknown[],
	from: number,
	total: number,
	{ pageHole }: Settings,
): readonly unknown[] {
	const middle = Math.floor(total / 2);
	const isMiddle = from > 0 && from <= middle && middle < from + page.length;
	if (pageHole === 'none' || !isMiddle) return page;
	return pageHole === 'nulls' ? page.map(() => null) : [];
}

function wholeNumber(
	query: Record<string, unknown>,
	name: string,
	fallback: number,
	least: number,
): number {
	const given = query[name];
	if (given === undefined || given === '') return fallback;
	const value = Number(given);
	if (Number.isInteger(value) && value >= least) return value;
	throw new Refusal(400, `The value '${String(given)}' is not valid for ${name}.`);
}
