import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Longer blocks keep all other executions of n8n waiting; in milliseconds. */
export const LONGEST_BLOCK = 100;
const TRIES = 10;
/** Longer than the monitor's own interval, in milliseconds. */
const A_FEW_TURNS = 5;

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
		this.longest = Math.max(this.longest, Math.min(this.monitor.max / 1e6, (user + system) / 1e3));
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
