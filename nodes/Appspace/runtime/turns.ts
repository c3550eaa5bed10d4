import { badInput, CANCELED, RequestFailed } from '../transport/failure';

/** How many may wait at once, in all lines together: each waiting item keeps its execution in memory. */
const MAX_WAITING = 10_000;

/**
 * Runs work that must not overlap, in order of arrival. Two tasks that read a record, change it, and write
 * it back would otherwise undo each other's changes.
 */
export class Turns {
	/** A promise for each key that settles when everyone in line is done. Empty lines are removed. */
	private readonly lines = new Map<string, Promise<void>>();
	private waiting = 0;

	constructor(private readonly mostWaiting = MAX_WAITING) {}

	/** The number of keys in use. */
	get size(): number {
		return this.lines.size;
	}

	/**
	 * Runs `work` while nothing else runs for any of these keys. Takes the keys in sorted order, so two
	 * callers that need the same keys never deadlock. Work that already holds a key may only take keys that
	 * sort after it.
	 *
	 * @param signal cancels the wait, but not the work
	 * @throws RequestFailed if the wait was canceled or too many are waiting already
	 */
	async take<T>(
		keys: string[],
		signal: AbortSignal | undefined,
		work: () => Promise<T>,
	): Promise<T> {
		const [key, ...others] = [...new Set(keys)].sort();
		if (key === undefined) return await work();
		return await this.takeOne(key, signal, async () => await this.take(others, signal, work));
	}

	private async takeOne<T>(
		key: string,
		signal: AbortSignal | undefined,
		work: () => Promise<T>,
	): Promise<T> {
		const before = this.lines.get(key);
		if (before && this.waiting >= this.mostWaiting) throw tooMany();
		let leave!: () => void;
		const left = new Promise<void>((resolve) => (leave = resolve));
		// If a caller stops waiting, those behind it still wait for those before it.
		const line = Promise.all([before, left]).then(() => {
			if (this.lines.get(key) === line) this.lines.delete(key);
		});
		this.lines.set(key, line);
		try {
			if (before) await this.wait(before, signal);
			return await work();
		} finally {
			leave();
		}
	}

	private async wait(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
		this.waiting++;
		try {
			await orCanceled(turn, signal);
		} finally {
			this.waiting--;
		}
	}
}

/** Turns for writes to the same record of a tenant, shared by all executions of this process. */
export const writes = new Turns();

/** Waits for a promise, or throws as soon as the execution is stopped. Removes its listener. */
async function orCanceled(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (!signal) return await turn;
	let stop!: () => void;
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(new RequestFailed(CANCELED));
	});
	signal.addEventListener('abort', stop, { once: true });
	try {
		if (signal.aborted) stop();
		await Promise.race([turn, stopped]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function tooMany(): RequestFailed {
	return badInput(
		'Too many changes to this record are already waiting',
		'Nothing was changed for this item. Run fewer executions at once, or fewer items that change the same record.',
	);
}
