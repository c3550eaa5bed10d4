import { badInput, CANCELED, RequestFailed } from '../transport/failure';

/** How many may wait at the same time, whatever they wait for: each holds an execution in memory. */
const MOST_WAITING = 10_000;

/**
 * Work that must not overlap, in order of arrival: whatever reads a record, changes it and writes it back
 * would otherwise undo what happened in between.
 */
export class Turns {
	/** By key: settles when everyone in line is done. A key is forgotten when its line is empty. */
	private readonly lines = new Map<string, Promise<void>>();
	private waiting = 0;

	constructor(private readonly mostWaiting = MOST_WAITING) {}

	/** How many keys are in use. */
	get size(): number {
		return this.lines.size;
	}

	/**
	 * Runs `work` alone for all of these keys. Keys are taken in their own order, whatever the order here, so
	 * two that want the same keys never wait for each other. Work that holds a turn may only ask for a turn on
	 * a key that sorts behind its own.
	 *
	 * @param signal ends the wait, not the work
	 * @throws RequestFailed when the wait was canceled, or when too many wait already
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
		// One that gives up waiting leaves its place, not the line: those behind it still wait for those before.
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

/** The turns of writes to one record, by tenant and record, for all executions of this process. */
export const writes = new Turns();

/** Waits for a promise, or throws as soon as the execution is stopped. Leaves no listener behind. */
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
		'Too many changes to this record are waiting already',
		'Nothing was changed for this item. Run fewer executions at once, or fewer items that change the same record.',
	);
}
