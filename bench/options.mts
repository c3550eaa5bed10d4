import { parseArgs } from 'node:util';

/** How much is measured. */
export interface Extent {
	isQuick: boolean;
	rounds: number;
	items: number;
	users: number;
	/** For the listing that shows how cost grows. */
	mostUsers: number;
	latencies: number[];
	pageLatencies: number[];
	pageSizes: number[];
	windows: number[];
}

const FULL: Extent = {
	isQuick: false,
	rounds: 5,
	items: 1_000,
	users: 10_000,
	mostUsers: 100_000,
	latencies: [0, 20, 50, 200],
	pageLatencies: [0, 20, 50, 200],
	pageSizes: [100, 1_000],
	windows: [1, 2, 4, 8, 16, 32],
};

const QUICK: Extent = {
	isQuick: true,
	rounds: 3,
	items: 300,
	users: 3_000,
	mostUsers: 10_000,
	latencies: [0, 20],
	pageLatencies: [50],
	pageSizes: [100],
	windows: [4, 8, 16, 32],
};

/** What the command line asks for: everything, or with `--quick` as much as fits into two minutes. */
export function readExtent(): Extent {
	const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
	return values.quick ? QUICK : FULL;
}

/** As many records as one that waits for each answer gets in about three seconds. */
export function patientShare(records: number, latency: number): number {
	return latency === 0 ? records : Math.min(records, Math.ceil(3_000 / latency));
}
