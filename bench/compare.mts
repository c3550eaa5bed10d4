/** A client that does the task of a scenario. */
export interface Contender {
	name: string;
	/** The number of records per run. Slow clients may do less; the comparison is by speed. */
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
	/** From the median run. */
	recordsPerSecond: number;
}

/** A task that all contenders did in one run of the benchmark. */
export interface Scenario {
	/** `items`, `pages of 100`: the name that goals refer to. */
	name: string;
	title: string;
	/** The tenant's latency for every response, in milliseconds. */
	latency: number;
	results: Measured[];
}

/**
 * Runs all contenders in each round, alternately forwards and backwards, so that other load on the
 * machine affects them alike. The first round is a warm-up and does not count.
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

/** The duration in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/**
 * How a cost grows with the size: 1 is proportional, 2 is quadratic. The slope of a straight line through
 * the logarithms.
 */
export function exponent(points: Array<{ size: number; cost: number }>): number {
	const logs = points.map(({ size, cost }) => [Math.log(size), Math.log(cost)] as const);
	const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
	const [x, y] = [mean(0), mean(1)];
	const rise = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
	return rise / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
