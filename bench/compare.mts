/** Somebody who does the task of a scenario. */
export interface Contender {
	name: string;
	/** What one run brings; the slow ones may do less and are compared by speed. */
	records: number;
	/** One run, in milliseconds. */
	run(): Promise<number>;
}

/** The runs of a contender, in milliseconds. */
export interface Spread {
	median: number;
	low: number;
	high: number;
	runs: number;
}

export interface Measured {
	name: string;
	records: number;
	ms: Spread;
	/** By the median. */
	recordsPerSecond: number;
}

/** A task that all contenders did in one go, side by side. */
export interface Scenario {
	/** `items`, `pages of 100`: what goals refer to. */
	name: string;
	title: string;
	/** How long the tenant takes for every answer, in milliseconds. */
	latency: number;
	results: Measured[];
}

/**
 * Lets all contenders run in each round, forwards and backwards by turns, so that whatever else the
 * machine does meets them alike. A first round warms up and does not count.
 */
export async function compare(contenders: Contender[], rounds: number): Promise<Measured[]> {
	const times = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
	for (let round = 0; round <= rounds; round++) {
		for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
			const time = await contender.run();
			if (round > 0) times.get(contender)?.push(time);
		}
	}
	return contenders.map((contender) => {
		const { name, records } = contender;
		const ms = spreadOf(times.get(contender) ?? []);
		return { name, records, ms, recordsPerSecond: (records / ms.median) * 1_000 };
	});
}

export function spreadOf(times: number[]): Spread {
	const sorted = [...times].sort((left, right) => left - right);
	const middle = (sorted.length - 1) / 2;
	const [below = NaN, above = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
	return {
		median: (below + above) / 2,
		low: sorted[0] ?? NaN,
		high: sorted.at(-1) ?? NaN,
		runs: sorted.length,
	};
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/**
 * How a cost grows with the size: 1 is in proportion, 2 is with the square. The slope of a straight line
 * through the logarithms.
 */
export function exponent(points: Array<{ size: number; cost: number }>): number {
	const logs = points.map(({ size, cost }) => [Math.log(size), Math.log(cost)] as const);
	const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
	const [x, y] = [mean(0), mean(1)];
	const rise = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
	return rise / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
