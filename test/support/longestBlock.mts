import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** What goes on for longer than this keeps all other executions of n8n waiting, in milliseconds. */
export const LONGEST_BLOCK = 100;
const TRIES = 5;
/** Longer than the monitor's own interval, in milliseconds. */
const A_FEW_TURNS = 5;

/** Watches how long the event loop was blocked at a stretch. */
export class BlockWatch {
	/** In milliseconds. */
	longest = 0;
	private monitor = monitorEventLoopDelay({ resolution: 1 });

	async start(): Promise<void> {
		this.monitor = monitorEventLoopDelay({ resolution: 1 });
		this.monitor.enable();
		// It measures from one of its turns to the next, so there has to be one before the work.
		await delay(A_FEW_TURNS);
	}

	async stop(): Promise<void> {
		await delay(A_FEW_TURNS);
		this.monitor.disable();
		this.longest = Math.max(this.longest, this.monitor.max / 1e6);
	}
}

/**
 * For how long at a stretch some work blocks the event loop of a machine that has nothing else to do, in
 * milliseconds. A busy machine makes it longer now and then, the work itself every time, so the shortest of a
 * few tries counts; and no stretch is longer than the time that the processor spent on all of the work.
 */
export async function longestBlock(work: () => unknown): Promise<number> {
	let shortest = Infinity;
	for (let tries = 0; tries < TRIES && shortest > LONGEST_BLOCK; tries++) {
		const watch = new BlockWatch();
		await watch.start();
		const before = process.cpuUsage();
		await (async () => await work())().catch(() => undefined);
		const { user, system } = process.cpuUsage(before);
		await watch.stop();
		shortest = Math.min(shortest, watch.longest, (user + system) / 1e3);
	}
	return shortest;
}
