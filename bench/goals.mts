import type { Scenario } from './compare.mts';
import { APPSPACE, HTTP_CREDENTIAL, UNDICI } from './names.mts';

/** What the Appspace node should be in the real n8n, as a multiple of another contender's speed. */
interface Goal {
	/** Name of a scenario. */
	of: string;
	/** Latencies at which it holds, in milliseconds. */
	at: (latency: number) => boolean;
	over: string;
	atLeast: number;
}

const GOALS: Goal[] = [
	{ of: 'items', at: (latency) => latency <= 20, over: HTTP_CREDENTIAL, atLeast: 3.5 },
	{ of: 'pages of 100', at: (latency) => latency === 50, over: HTTP_CREDENTIAL, atLeast: 8 },
	{ of: 'items', at: (latency) => latency >= 20, over: UNDICI, atLeast: 0.5 },
	{ of: 'pages of 100', at: (latency) => latency >= 20, over: UNDICI, atLeast: 0.5 },
];

export interface Ratio {
	scenario: string;
	latency: number;
	over: string;
	/** How many times as fast as the other the Appspace node is. */
	ratio: number;
	goal?: number;
}

/** The Appspace node against each other contender of each scenario. */
export function ratiosOf(scenarios: Scenario[]): Ratio[] {
	return scenarios.flatMap(({ name, latency, results }) => {
		const ours = results.find((measured) => measured.name === APPSPACE);
		if (!ours) return [];
		return results.flatMap((other) => {
			if (other === ours) return [];
			const { name: over, recordsPerSecond } = other;
			const goal = GOALS.find((one) => one.of === name && one.over === over && one.at(latency));
			const ratio = ours.recordsPerSecond / recordsPerSecond;
			return [{ scenario: name, latency, over, ratio, goal: goal?.atLeast }];
		});
	});
}
