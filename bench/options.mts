import { parseArgs } from 'node:util';

/** How much to measure. */
export interface Extent {
	isQuick: boolean;
	rounds: number;
	items: number;
	/** Runs so short that there is little to find out. */
	shortRuns: number[];
	/** What tenants that can take no more are asked for. */
	itemsUnderLoad: number;
	/** For the curve of windows. */
	windowItems: number;
	users: number;
	/** For the listing that shows how cost grows. */
	mostUsers: number;
	latencies: number[];
	/** By page size: slow contenders take too long with small pages. */
	pageLatencies: Record<number, number[]>;
	windows: number[];
}

const FULL: Extent = {
	isQuick: false,
	rounds: 5,
	items: 1_000,
	shortRuns: [10, 24, 100],
	itemsUnderLoad: 2_000,
	windowItems: 400,
	users: 10_000,
	mostUsers: 100_000,
	latencies: [0, 20, 50, 100, 200],
	pageLatencies: { 100: [0, 20, 50, 200], 1000: [0, 20, 50, 200] },
	windows: [1, 4, 8, 16, 24, 32, 64, 128],
};

const QUICK: Extent = {
	isQuick: true,
	rounds: 3,
	items: 300,
	shortRuns: [10, 100],
	itemsUnderLoad: 600,
	windowItems: 300,
	users: 3_000,
	mostUsers: 10_000,
	latencies: [0, 20, 200],
	pageLatencies: { 100: [50] },
	windows: [8, 24, 64, 128],
};

/** The extent that the command line asks for: everything, or with `--quick` what fits into a few minutes. */
export function readExtent(): Extent {
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({
		options: { quick: flag, items: flag, load: flag, synchronize: flag },
	});
	return values.quick ? QUICK : FULL;
}

/** Page sizes and latencies that belong together. */
export function pagings({
	pageLatencies,
}: Extent): Array<{ pageSize: number; latencies: number[] }> {
	return Object.entries(pageLatencies).map(([size, latencies]) => ({
		pageSize: Number(size),
		latencies,
	}));
}

/** As many records as a sequential client gets in about three seconds. */
export function patientShare(records: number, latency: number): number {
	return latency === 0 ? records : Math.min(records, Math.ceil(3_000 / latency));
}
