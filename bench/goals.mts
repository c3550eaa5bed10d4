import type { Scenario } from './compare.mts';
import {
	APPSPACE,
	APPSPACE_24,
	HTTP_CREDENTIAL,
	SYNCHRONIZE,
	UNDICI,
	UNDICI_AHEAD,
} from './names.mts';
import type { Results } from './report.mts';

/** A goal for the Appspace node in the real n8n, as a multiple of another contender's speed. */
interface Goal {
	what: string;
	/** The name of a scenario. */
	of: string;
	/** The latencies that it applies to, in milliseconds. */
	at: number[];
	over: string;
	atLeast: number;
	/** A more ambitious goal. */
	wanted?: number;
}

const GOALS: Goal[] = [
	{
		what: 'One record for each item, against the HTTP Request node with the same credential',
		...{ of: 'items', at: [0, 20], over: HTTP_CREDENTIAL, atLeast: 3.5, wanted: 5 },
	},
	{
		what: 'One record for each item, against the HTTP Request node with the same credential',
		...{ of: 'items', at: [50, 100, 200], over: HTTP_CREDENTIAL, atLeast: 1.3, wanted: 1.5 },
	},
	{
		what: 'One record for each item, against undici with 128 in flight',
		...{ of: 'items', at: [200], over: UNDICI, atLeast: 0.65, wanted: 0.7 },
	},
	...['10 items', '24 items', '100 items', 'loop of 10', 'loop of 50'].map((of) => ({
		what: `Short runs (${of}), against 24 at once`,
		...{ of, at: [0, 20, 50, 100, 200], over: APPSPACE_24, atLeast: 0.95 },
	})),
	{
		what: 'Pages of 100, against the pagination of the HTTP Request node',
		...{ of: 'pages of 100', at: [50, 200], over: HTTP_CREDENTIAL, atLeast: 10 },
	},
	{
		what: 'Pages of 100, against undici with 16 pages ahead',
		...{ of: 'pages of 100', at: [50, 200], over: UNDICI_AHEAD, atLeast: 0.7 },
	},
];

/** How long runs may take at a tenant that slows down: one, over the best fixed width; three, over the fastest. */
export const LOAD_GOALS = { oneRun: 1.15, threeRuns: 1.5 };

/** Figures with a goal, by their name in the results: at most this much. */
export const FIGURE_GOALS = {
	'First page of a picker at 50 ms': 300,
	'Cold load, over an empty node': 25,
} as const;

export interface Ratio {
	scenario: string;
	latency: number;
	over: string;
	/** How many times as fast as the other the Appspace node is. */
	ratio: number;
	goal?: number;
	wanted?: number;
}

/** The Appspace node against each other contender of each scenario. */
export function ratiosOf(scenarios: Scenario[]): Ratio[] {
	return scenarios.flatMap(({ name, latency, results }) => {
		const ours = results.find((measured) => [APPSPACE, SYNCHRONIZE].includes(measured.name));
		if (!ours) return [];
		return results.flatMap((other) => {
			if (other === ours) return [];
			const { name: over, recordsPerSecond } = other;
			const goal = GOALS.find(
				(one) => one.of === name && one.over === over && one.at.includes(latency),
			);
			const ratio = ours.recordsPerSecond / recordsPerSecond;
			const { atLeast, wanted } = goal ?? {};
			return [{ scenario: name, latency, over, ratio, goal: atLeast, wanted }];
		});
	});
}

/** A number with its unit: `5 items`, `5%`, or `5`. */
export function inUnit(number: number | string, unit: string): string {
	return unit === '%' ? `${number}%` : `${number} ${unit}`.trim();
}

/** A goal with its measurement; undefined if these results do not include it. */
export interface Reached {
	what: string;
	goal: string;
	measured?: string;
	isMet?: boolean;
}

/** Every goal, measured or not. */
export function goalsIn(all: Array<Results | undefined>, n8n: Results | undefined): Reached[] {
	const ratios = GOALS.map(({ what, of, at, over, atLeast, wanted }) => {
		const found = (n8n?.ratios ?? []).filter(
			(one) => one.scenario === of && one.over === over && at.includes(one.latency),
		);
		const goal = `at least ${atLeast}${wanted === undefined ? '' : `, wanted ${wanted}`}`;
		const worst = Math.min(...found.map(({ ratio }) => ratio));
		const isMeasured = found.length === at.length;
		return {
			...{ what: `${what}, ${at.join(', ')} ms`, goal },
			...(isMeasured && { measured: `${worst.toFixed(2)} times`, isMet: worst >= atLeast }),
		};
	});
	const measured = all.flatMap((results) => results?.figures ?? []);
	const notMeasured = Object.entries(FIGURE_GOALS)
		.filter(([what]) => !measured.some((one) => one.what === what))
		.map(([what, most]) => ({ what, goal: `at most ${most} ms` }));
	const figures = measured.flatMap(({ what, value, unit, goal }) => {
		const most = goal ?? (FIGURE_GOALS as Record<string, number>)[what];
		if (most === undefined) return [];
		const said = inUnit(+value.toPrecision(3), unit);
		const limit = `at most ${inUnit(most, unit)}`;
		return [{ what, goal: limit, measured: said, isMet: value <= most }];
	});
	return [...ratios, ...figures, ...notMeasured];
}
