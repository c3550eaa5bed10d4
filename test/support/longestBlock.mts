import { monitorEventLoopDelay } from 'node:perf_hooks';
import { until } from './until.mts';

/** Longer blocks keep all other executions of n8n waiting; in milliseconds. */
export const LONGEST_BLOCK = 100;
const TRIES = 10;
/** What `slowness` times takes on the machine for which the limits are meant, in milliseconds. */
const USUAL = 20;

/** How many times slower than usual this machine is at the moment, at least 1: shared processors vary. */
function slowness(): number {
	const before = process.cpuUsage();
	let sum = 0;
	for (let number = 0; number < 20_000_000; number++) sum += number % 7;
	const { user, system } = process.cpuUsage(before);
	// With the sum, so that V8 cannot leave out the loop.
	return sum > 0 ? Math.max(1, (user + system) / 1e3 / USUAL) : 1;
}

/**
 * Watches how long the event loop is blocked at a stretch. On a busy machine it seems longer than it is,
 * but no stretch is longer than the processor time of the whole work.
 */
export class BlockWatch {
	/** In milliseconds. */
	longest = 0;
	private monitor = monitorEventLoopDelay({ resolution: 1 });
	private before = process.cpuUsage();

	async start(): Promise<void> {
		this.monitor = monitorEventLoopDelay({ resolution: 1 });
		this.monitor.enable();
		// The monitor measures from one turn to the next: without one before the work, it misses the work.
		await this.nextTurn();
		this.before = process.cpuUsage();
	}

	async stop(): Promise<void> {
		const { user, system } = process.cpuUsage(this.before);
		await this.nextTurn();
		this.monitor.disable();
		const block = Math.min(this.monitor.max / 1e6, (user + system) / 1e3);
		this.longest = Math.max(this.longest, block > LONGEST_BLOCK ? block / slowness() : block);
	}

	/** Resolves when the monitor has measured again: on a busy machine, a timer may come before it. */
	private async nextTurn(): Promise<void> {
		const { count } = this.monitor;
		await until('the monitor to measure a turn', () => this.monitor.count > count, 20_000, 1);
	}
}

/**
 * How long some work blocks the event loop at a stretch, in milliseconds: the least of a few tries. Rejects
 * if the work does: what fails early proves nothing.
 */
export async function longestBlock(work: () => unknown): Promise<number> {
	let shortest = Infinity;
	for (let tries = 0; tries < TRIES && shortest > LONGEST_BLOCK; tries++) {
		const watch = new BlockWatch();
		await watch.start();
		await work();
		await watch.stop();
		shortest = Math.min(shortest, watch.longest);
	}
	return shortest;
}
