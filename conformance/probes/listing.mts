import type { Ask } from '../ask.mts';
import { isObject, listOf, type Answer } from '../exchange.mts';
import type { Expectation } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { pageLimit, safe, type SafeText } from '../redaction.mts';

/** A row in the report's table of listings. */
export interface ListingRow {
	endpoint: string;
	size: SafeText;
	usual: SafeText;
	most: SafeText;
	end: SafeText;
}

export interface ListingResult {
	row: ListingRow;
	findings: Finding[];
}

const PAGE = 4;
const LARGE_PAGE = 1000;
/** Past the end of any list. */
const BEYOND = 10_000_000;

interface Page {
	answer: Answer;
	/** Undefined if the response is not a list. */
	entries?: unknown[];
	first: unknown;
	size?: number;
	limit?: number;
}

const UNKNOWN = safe`not known`;

/** Finds out how a listing pages: what `size` means, which limits apply, and how it ends. */
export async function probeListing(
	ask: Ask,
	{ endpoint, section, size: known = 'total' }: Expectation,
	path: string,
): Promise<ListingResult | undefined> {
	const page = async (query: Record<string, number>) => pageOf(await ask({ path, query }));
	const one = await page({ start: 0, limit: PAGE });
	if (!one.entries) return undefined;
	const at = { endpoint, section: '3.3' };
	const row: ListingRow = { endpoint, size: UNKNOWN, usual: UNKNOWN, most: UNKNOWN, end: UNKNOWN };
	if (one.entries.length === 0) {
		return { row: { ...row, end: safe`empty, so nothing could be tried` }, findings: [] };
	}
	const end = judgeEnd(one, await page({ start: BEYOND, limit: PAGE }));
	const findings: Finding[] = [{ ...end.finding, ...at }];
	if (one.limit !== undefined && one.limit !== PAGE) {
		const text = safe`a limit of ${PAGE} is changed to another one`;
		findings.push({ topic: 'limit.changed', standing: 'differs', text, ...at });
	}

	const size = end.finding.topic === 'end.repeats' ? undefined : await meaning(one, page);
	if (size) findings.push(judgeSize(size, known, { endpoint, section }));

	const hole = size === 'total' ? await holeIn(one, page) : undefined;
	if (hole) findings.push({ topic: `hole.${hole}`, standing: 'differs', text: HOLES[hole], ...at });
	const usual = await page({});
	const most = judgeMost(await page({ start: 0, limit: LARGE_PAGE }), size);
	findings.push(...most.findings.map((finding) => ({ ...finding, ...at })));
	return {
		row: {
			endpoint,
			size: size ? SIZES[size] : UNKNOWN,
			usual: usual.limit === undefined ? UNKNOWN : pageLimit(usual.limit),
			most: most.shown,
			end: end.shown,
		},
		findings,
	};
}

const HOLES = {
	empty: safe`a page in the middle of the list is empty`,
	nulls: safe`a page in the middle of the list contains only null`,
};

/** Whether the page in the middle of a list is missing. */
async function holeIn(
	{ size = 0 }: Page,
	page: (query: Record<string, number>) => Promise<Page>,
): Promise<keyof typeof HOLES | undefined> {
	const middle = Math.floor(size / 2);
	if (middle === 0) return undefined;
	const { entries } = await page({ start: middle, limit: PAGE });
	if (entries?.length === 0) return 'empty';
	return entries?.every((entry) => entry === null) ? 'nulls' : undefined;
}

type Meaning = 'total' | 'page' | 'tooLarge' | 'tooSmall' | 'missing';

const SIZES: Record<Meaning, SafeText> = {
	total: safe`the total`,
	page: safe`the length of the page`,
	tooLarge: safe`more than the total`,
	tooSmall: safe`less than the total`,
	missing: safe`missing`,
};

/** Checks the last position that `size` promises, instead of reading everything. */
async function meaning(
	one: Page,
	page: (query: Record<string, number>) => Promise<Page>,
): Promise<Meaning | undefined> {
	const { entries = [], size } = one;
	if (size === undefined) return 'missing';
	if (size < entries.length) return 'tooSmall';
	if (size === entries.length) {
		if (size === PAGE) {
			const next = await page({ start: PAGE, limit: PAGE });
			return next.entries?.length ? 'page' : 'total';
		}
		if (size === 1) return undefined;
		return (await page({ start: 0, limit: 1 })).size === 1 ? 'page' : 'total';
	}
	const last = await page({ start: size - 1, limit: PAGE });
	if (last.entries === undefined) return undefined;
	if (last.entries.length === 0) return 'tooLarge';
	return last.entries.length === 1 ? 'total' : 'tooSmall';
}

function judgeSize(
	size: Meaning,
	known: 'total' | 'page',
	at: Pick<Finding, 'endpoint' | 'section'>,
): Finding {
	const isKnown = size === known;
	const text = isKnown
		? safe`size is ${SIZES[size]}`
		: safe`size is ${SIZES[size]}, not ${SIZES[known]}`;
	return { topic: `size.${size}`, standing: isKnown ? 'known' : 'differs', text, ...at };
}

function judgeEnd(
	one: Page,
	beyond: Page,
): { shown: SafeText; finding: Pick<Finding, 'topic' | 'standing' | 'text'> } {
	if (beyond.entries?.length === 0) {
		const shown = safe`an empty page`;
		return {
			shown,
			finding: { topic: 'end.empty', standing: 'known', text: safe`ends with ${shown}` },
		};
	}
	if (beyond.entries && beyond.first === one.first) {
		const shown = safe`the first page again`;
		const text = safe`start is ignored: past the end comes ${shown}`;
		return { shown, finding: { topic: 'end.repeats', standing: 'differs', text } };
	}
	const { status } = beyond.answer;
	const shown = beyond.entries ? safe`other records` : safe`status ${status}`;
	const text = safe`past the end comes ${shown}, not an empty page`;
	return { shown, finding: { topic: 'end.other', standing: 'differs', text } };
}

/** Whether the server has a maximum page size. */
function judgeMost(
	large: Page,
	size: Meaning | undefined,
): { shown: SafeText; findings: Array<Pick<Finding, 'topic' | 'standing' | 'text'>> } {
	const { entries, limit, answer } = large;
	if (!entries) {
		const text = safe`a page of ${LARGE_PAGE} is refused with status ${answer.status}`;
		return {
			shown: safe`fewer than ${LARGE_PAGE}`,
			findings: [{ topic: 'limit.refused', standing: 'new', text }],
		};
	}
	const isShort = size === 'total' && entries.length < Math.min(large.size ?? 0, LARGE_PAGE);
	const cap =
		limit !== undefined && limit < LARGE_PAGE ? limit : isShort ? entries.length : undefined;
	if (cap === undefined) {
		const isShown = limit !== undefined || entries.length === LARGE_PAGE;
		return { shown: isShown ? safe`${LARGE_PAGE} or more` : UNKNOWN, findings: [] };
	}
	const text = safe`a page has at most ${pageLimit(cap)} records, whatever the limit`;
	return { shown: pageLimit(cap), findings: [{ topic: 'limit.capped', standing: 'new', text }] };
}

function pageOf(answer: Answer): Page {
	const entries = answer.status === 200 ? listOf(answer.body) : undefined;
	const head = entries?.[0];
	const envelope = isObject(answer.body) ? answer.body : {};
	return {
		answer,
		entries,
		first: isObject(head) ? (head.id ?? JSON.stringify(head)) : head,
		size: natural(envelope.size),
		limit: natural(envelope.limit),
	};
}

function natural(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
