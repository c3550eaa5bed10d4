import type { Arrival } from '../sandbox/load.mts';
import type { RateLimit } from '../sandbox/settings.mts';
import { LOAD_GOALS } from './goals.mts';
import type { InN8n } from './inN8n.mts';
import { HTTP_CREDENTIAL } from './names.mts';
import type { Extent } from './options.mts';
import type { Figure } from './report.mts';
import type { BenchTenant } from './tenant.mts';

/** Requests under way at a tenant, over time. */
export interface Curve {
	title: string;
	arrivals: Arrival[];
}

export interface LoadResults {
	figures: Figure[];
	curves: Curve[];
}

export type Say = (line: string) => void;

const LOGGED = 100_000;
const PER_SECOND = 100;
const WORKERS = { count: 10, milliseconds: 20 };
/** After so many milliseconds the first burst is over. */
const BURST = 500;

/** A tenant that is far away, tenants that limit requests, and one that slows down. */
export async function loadScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	extent: Extent,
	say: Say,
): Promise<LoadResults> {
	const limited = await rateLimitScenarios(tenant, n8n, extent, say);
	const slowed = await workerScenarios(tenant, n8n, extent, say);
	const far = await distanceCurve(tenant, n8n, extent, 200);
	return {
		figures: [...limited.figures, ...slowed.figures],
		curves: [far, ...limited.curves, ...slowed.curves],
	};
}

/** Tenants that allow so many requests a second. */
async function rateLimitScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ itemsUnderLoad, isQuick }: Extent,
	say: Say,
): Promise<LoadResults> {
	const ids = await tenant.userIds(itemsUnderLoad);
	const results: LoadResults = { figures: [], curves: [] };
	const cases = (isQuick ? [50] : [20, 50, 200]).flatMap((latency) =>
		[false, true].map((retryAfter) => ({ latency, retryAfter, depth: 100, most: 1.3 })),
	);
	cases.push({ latency: 50, retryAfter: false, depth: 20, most: 1.5 });
	for (const { latency, most, ...limit } of cases) {
		const rateLimit: RateLimit = { perSecond: PER_SECOND, ...limit };
		const named = limit.retryAfter ? 'with Retry-After' : 'without Retry-After';
		const what = `${PER_SECOND} requests a second, depth ${limit.depth}, ${latency} ms, ${named}`;
		say(`${what} ...`);
		const ideal = ((ids.length - limit.depth) * 1_000) / PER_SECOND;
		for (const [who, run] of [
			['', await n8n.patient(ids)],
			[`, ${HTTP_CREDENTIAL}`, await n8n.httpPatient(ids)],
		] as const) {
			await tenant.set({ latency, rateLimit, loggedLoad: LOGGED });
			const { ms, lost } = await run();
			const arrivals = await tenant.takeLoad();
			await tenant.set({ latency: 0, rateLimit: null, loggedLoad: 0 });
			const refused = arrivals.filter((one) => one.refused).length / arrivals.length;
			const isOurs = who === '';
			results.figures.push(
				{
					what: `${what}${who}: items lost`,
					value: lost,
					unit: 'items',
					...(isOurs && { goal: 0 }),
				},
				{
					what: `${what}${who}: refused`,
					value: 100 * refused,
					unit: '%',
					...(isOurs && { goal: 8 }),
				},
			);
			if (!isOurs) continue;
			const times = { value: ms / ideal, unit: 'times', goal: most };
			results.figures.push({ what: `${what}: time, over the ideal`, ...times });
			results.curves.push({ title: what, arrivals });
		}
	}
	return results;
}

/** A tenant whose answers slow down with load, asked by one run and by three. */
async function workerScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ itemsUnderLoad, rounds }: Extent,
	say: Say,
): Promise<LoadResults> {
	const ids = await tenant.userIds(itemsUnderLoad);
	const results: LoadResults = { figures: [], curves: [] };
	const what = `${WORKERS.count} workers of ${WORKERS.milliseconds} ms`;
	say(`${what} ...`);
	await tenant.set({ workers: WORKERS, loggedLoad: LOGGED });
	const widths = [undefined, 8, 10, 12, 16];
	const runs = await Promise.all(
		widths.map(async (itemsAtOnce) => await n8n.patient(ids, itemsAtOnce ? { itemsAtOnce } : {})),
	);
	const times: number[][] = widths.map(() => []);
	let alone: Arrival[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const [nth, run] of runs.entries()) {
			times[nth]?.push((await run()).ms);
			const arrivals = await tenant.takeLoad();
			if (nth === 0) alone = arrivals;
		}
	}
	const [ms = NaN, ...fixed] = times.map(median);
	results.curves.push({ title: what, arrivals: alone });
	results.figures.push(
		{
			what: `${what}: time, over the best fixed width`,
			...{ value: ms / Math.min(...fixed), unit: 'times', goal: LOAD_GOALS.oneRun },
		},
		{
			what: `${what}: requests that wait`,
			...{ value: waiting(alone, BURST), unit: 'requests', goal: 2 * WORKERS.count },
		},
	);
	for (const apart of [0, 2_000]) {
		say(`${what}, three runs begun ${apart} ms apart ...`);
		const three = await Promise.all([0, 1, 2].map(async () => await n8n.patient(ids)));
		const took = await Promise.all(
			three.map(async (begin, nth) => {
				await new Promise((resolve) => setTimeout(resolve, nth * apart));
				return (await begin()).ms;
			}),
		);
		const arrivals = await tenant.takeLoad();
		const title = `${what}, three runs begun ${apart / 1_000} s apart`;
		results.curves.push({ title, arrivals });
		results.figures.push(
			{
				what: `${title}: slowest over fastest`,
				...{ value: Math.max(...took) / Math.min(...took), unit: 'times' },
				goal: LOAD_GOALS.threeRuns,
			},
			{
				what: `${title}: requests that wait`,
				...{ value: waiting(arrivals, 2 * apart + BURST), unit: 'requests' },
				goal: 3 * WORKERS.count,
			},
		);
	}
	await tenant.set({ workers: null, loggedLoad: 0 });
	return results;
}

function median(values: number[]): number {
	return [...values].sort((left, right) => left - right)[values.length >> 1] ?? NaN;
}

/** How many requests wait at the server, nineteen times of twenty, once the first burst is over. */
function waiting(arrivals: Arrival[], after: number): number {
	const began = arrivals[0]?.at ?? 0;
	const counts = arrivals.filter(({ at }) => at - began > after).map((one) => one.waiting);
	return counts.sort((left, right) => left - right)[Math.floor(counts.length * 0.95)] ?? NaN;
}

/** A run at a distance: how the number of requests at once grows. */
async function distanceCurve(
	tenant: BenchTenant,
	n8n: InN8n,
	{ items }: Extent,
	latency: number,
): Promise<Curve> {
	const run = await n8n.patient(await tenant.userIds(items));
	await tenant.set({ latency, loggedLoad: LOGGED });
	await run();
	const arrivals = await tenant.takeLoad();
	await tenant.set({ latency: 0, loggedLoad: 0 });
	return { title: `Answers after ${latency} ms`, arrivals };
}
