import type { Scenario } from './compare.mts';
import { APPSPACE, HTTP_CREDENTIAL, UNDICI } from './names.mts';
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
		what: 'Pages of 100, against the pagination of the HTTP Request node',
		...{ of: 'pages of 100', at: [50], over: HTTP_CREDENTIAL, atLeast: 8 },
	},
	{
		what: 'One record for each item, against undici with as many in flight',
		...{ of: 'items', at: [20, 50, 200], over: UNDICI, atLeast: 0.5 },
	},
	{
		what: 'Pages of 100, against undici with as many pages ahead',
		...{ of: 'pages of 100', at: [20, 50], over: UNDICI, atLeast: 0.5 },
	},
];

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
		const ours = results.find((measured) => measured.name === APPSPACE);
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

/** A goal with its measurement; undefined if these results do not include it. */
export interface Reached {
	what: string;
	goal: string;
	measured?: string;
	isMet?: boolean;
}

/** Every goal, measured or not. */
export function goalsIn(all: Array<Results | undefined>, n8n: Results | undefined): Reached[] {
	const ratios = GOALS.flatMap(({ what, of, at, over, atLeast, wanted }) =>
		at.map((latency) => {
			const found = n8n?.ratios.find(
				(one) => one.scenario === of && one.over === over && one.latency === latency,
			);
			const goal = `at least ${atLeast}${wanted === undefined ? '' : `, wanted ${wanted}`}`;
			const measured = found && {
				measured: `${found.ratio.toFixed(2)} times`,
				isMet: found.ratio >= atLeast,
			};
			return { what: `${what}, ${latency} ms`, goal, ...measured };
		}),
	);
	const figures = Object.entries(FIGURE_GOALS).map(([what, most]) => {
		const found = all.flatMap((results) => results?.figures ?? []).find((one) => one.what === what);
		const measured = found && {
			measured: `${Math.round(found.value)} ${found.unit}`,
			isMet: found.value <= most,
		};
		return { what, goal: `at most ${most} ms`, ...measured };
	});
	return [...ratios, ...figures];
}
