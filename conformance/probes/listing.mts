import type { Ask } from '../ask.mts';
import { isObject, listOf, type Answer } from '../exchange.mts';
import type { Expectation } from '../expectations/expectation.mts';
import type { Finding } from '../finding.mts';
import { pageLimit, say, type Said } from '../redaction.mts';

/** What a table of the report says of a listing. */
export interface ListingRow {
	endpoint: string;
	size: Said;
	usual: Said;
	most: Said;
	end: Said;
}

export interface ListingResult {
	row: ListingRow;
	findings: Finding[];
}

const PAGE = 4;
const LARGE_PAGE = 1000;
/** Behind the end of any list. */
const BEYOND = 10_000_000;

interface Page {
	answer: Answer;
	/** Undefined where the answer is no list. */
	entries?: unknown[];
	first: unknown;
	size?: number;
	limit?: number;
}

const UNKNOWN = say`not known`;

/** Finds out how a listing pages: what `size` means, which limits there are, and how it ends. */
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
		return { row: { ...row, end: say`empty, so nothing could be tried` }, findings: [] };
	}
	const end = judgeEnd(one, await page({ start: BEYOND, limit: PAGE }));
	const findings: Finding[] = [{ ...end.finding, ...at }];
	if (one.limit !== undefined && one.limit !== PAGE) {
		const text = say`a limit of ${PAGE} is answered with another one`;
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
			most: most.said,
			end: end.said,
		},
		findings,
	};
}

const HOLES = {
	empty: say`a page in the middle of the list is empty`,
	nulls: say`a page in the middle of the list holds nothing but null`,
};

/** Whether the page in the middle of a list is none. */
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

const SIZES: Record<Meaning, Said> = {
	total: say`the total`,
	page: say`the length of the page`,
	tooLarge: say`more than there are`,
	tooSmall: say`fewer than there are`,
	missing: say`missing`,
};

/** Told apart by what stands at the last place that `size` promises, not by reading everything. */
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
		? say`size is ${SIZES[size]}`
		: say`size is ${SIZES[size]}, not ${SIZES[known]}`;
	return { topic: `size.${size}`, standing: isKnown ? 'known' : 'differs', text, ...at };
}

function judgeEnd(
	one: Page,
	beyond: Page,
): { said: Said; finding: Pick<Finding, 'topic' | 'standing' | 'text'> } {
	if (beyond.entries?.length === 0) {
		const said = say`an empty page`;
		return {
			said,
			finding: { topic: 'end.empty', standing: 'known', text: say`ends with ${said}` },
		};
	}
	if (beyond.entries && beyond.first === one.first) {
		const said = say`the first page, over and over`;
		const text = say`start is ignored: behind the end comes ${said}`;
		return { said, finding: { topic: 'end.repeats', standing: 'differs', text } };
	}
	const { status } = beyond.answer;
	const said = beyond.entries ? say`other records` : say`status ${status}`;
	const text = say`behind the end comes ${said}, not an empty page`;
	return { said, finding: { topic: 'end.other', standing: 'differs', text } };
}

/** Whether the server has a largest page of its own. */
function judgeMost(
	large: Page,
	size: Meaning | undefined,
): { said: Said; findings: Array<Pick<Finding, 'topic' | 'standing' | 'text'>> } {
	const { entries, limit, answer } = large;
	if (!entries) {
		const text = say`a page of ${LARGE_PAGE} is refused with status ${answer.status}`;
		return {
			said: say`fewer than ${LARGE_PAGE}`,
			findings: [{ topic: 'limit.refused', standing: 'new', text }],
		};
	}
	const isShort = size === 'total' && entries.length < Math.min(large.size ?? 0, LARGE_PAGE);
	const cap =
		limit !== undefined && limit < LARGE_PAGE ? limit : isShort ? entries.length : undefined;
	if (cap === undefined) {
		const isShown = limit !== undefined || entries.length === LARGE_PAGE;
		return { said: isShown ? say`${LARGE_PAGE} or more` : UNKNOWN, findings: [] };
	}
	const text = say`a page holds ${pageLimit(cap)} records at most, whatever limit is asked for`;
	return { said: pageLimit(cap), findings: [{ topic: 'limit.capped', standing: 'new', text }] };
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
