import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer blocks keep all other executions of n8n waiting; in milliseconds. */
export const LONGEST_BLOCK = 100;
const TRIES = 10;
/** Longer than the monitor's own interval, in milliseconds. */
const A_FEW_TURNS = 5;
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
		// The monitor measures from one turn to the next, so there has to be one before the work.
		await delay(A_FEW_TURNS);
		this.before = process.cpuUsage();
	}

	async stop(): Promise<void> {
		const { user, system } = process.cpuUsage(this.before);
		await delay(A_FEW_TURNS);
		this.monitor.disable();
		const block = Math.min(this.monitor.max / 1e6, (user + system) / 1e3);
		this.longest = Math.max(this.longest, block > LONGEST_BLOCK ? block / slowness() : block);
	}
}

/** How long some work blocks the event loop at a stretch, in milliseconds: the least of a few tries. */
export async function longestBlock(work: () => unknown): Promise<number> {
	let shortest = Infinity;
	for (let tries = 0; tries < TRIES && shortest > LONGEST_BLOCK; tries++) {
		const watch = new BlockWatch();
		await watch.start();
		await (async () => await work())().catch(() => undefined);
		await watch.stop();
		shortest = Math.min(shortest, watch.longest);
	}
	return shortest;
}
