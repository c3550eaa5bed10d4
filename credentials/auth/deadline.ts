/*
 * Everything here ends early because of a time limit or a stopped execution.
 *
 * Time is measured with `AbortSignal.timeout`, because n8n's lint rules forbid timers, and not every version
 * can interrupt n8n's `sleep`. Such a signal does not keep a process alive. Without listeners, it is garbage
 * collected together with its timer, so each listener is removed when its wait ends.
 */

/**
 * The work exceeded its time limit. The code is the one that Node.js uses for a connection that timed out.
 */
export class DeadlinePassed extends Error {
	readonly code = 'ETIMEDOUT';
}

/** The execution was stopped. The code is the one that n8n uses for a canceled request. */
export class ExecutionStopped extends Error {
	readonly code = 'ERR_CANCELED';
}

/** The reason for aborting a signal when its work is no longer needed. */
const OVER = new Error('The work is over.');

/**
 * Runs `work` until it ends or the execution is stopped, whichever comes first.
 *
 * @param cancel aborts when the execution is stopped
 * @param work receives a signal that aborts if it fails or is stopped, and a function that aborts it, so
 * that no connection stays open. Work that ignores the signal continues in the background.
 * @throws ExecutionStopped
 */
export async function untilStopped<T>(
	cancel: AbortSignal | undefined,
	work: (signal: AbortSignal, close: () => void) => Promise<T>,
): Promise<T> {
	if (cancel?.aborted) throw new ExecutionStopped();
	const controller = new AbortController();
	const close = (): void => controller.abort(OVER);
	let stop = (): void => undefined;
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(new ExecutionStopped());
	});
	cancel?.addEventListener('abort', stop);
	let hasEnded = false;
	try {
		const result = await Promise.race([stopped, work(controller.signal, close)]);
		hasEnded = true;
		return result;
	} finally {
		if (!hasEnded) close();
		cancel?.removeEventListener('abort', stop);
	}
}

/**
 * Calls `ring` once, after this many milliseconds.
 *
 * @returns a function that cancels the alarm
 */
export function alarm(milliseconds: number, ring: () => void): () => void {
	const signal = AbortSignal.timeout(Math.ceil(milliseconds));
	signal.addEventListener('abort', ring, { once: true });
	return () => signal.removeEventListener('abort', ring);
}

/**
 * The result of `work`, if it arrives within this many milliseconds.
 *
 * @throws DeadlinePassed
 */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
	const deadline = AbortSignal.timeout(milliseconds);
	let pass = (): void => undefined;
	const passed = new Promise<never>((_, reject) => {
		pass = () => reject(new DeadlinePassed());
	});
	deadline.addEventListener('abort', pass);
	try {
		return await Promise.race([work, passed]);
	} finally {
		deadline.removeEventListener('abort', pass);
	}
}

/**
 * The chunks of a stream as they arrive.
 *
 * @param limits in milliseconds: for the next chunk, and for all of them
 * @throws DeadlinePassed
 */
export async function* withIdleTimeout<T>(
	pieces: AsyncIterable<T>,
	{ idle, whole }: { idle: number; whole: number },
): AsyncGenerator<T> {
	const source = pieces[Symbol.asyncIterator]();
	const end = performance.now() + whole;
	let waitingSince = Infinity;
	let fail: (error: Error) => void = () => undefined;
	let disarm = (): void => undefined;
	// One alarm for the whole stream instead of one per chunk. It checks when the next limit may have
	// passed.
	const look = (): void => {
		const left = Math.min(waitingSince + idle, end) - performance.now();
		if (left <= 0 && waitingSince !== Infinity) return fail(new DeadlinePassed());
		const alarm = AbortSignal.timeout(Math.ceil(left > 0 ? Math.min(left, idle) : idle));
		alarm.addEventListener('abort', look);
		disarm = () => alarm.removeEventListener('abort', look);
	};
	look();
	try {
		for (;;) {
			// A promise that outlives its chunk would keep every chunk in memory.
			const next = new Promise<IteratorResult<T>>((resolve, reject) => {
				fail = reject;
				source.next().then(resolve, reject);
			});
			waitingSince = performance.now();
			const { done, value } = await next;
			waitingSince = Infinity;
			if (done) return;
			yield value;
		}
	} finally {
		disarm();
		// Do not await this: a stalled source does not respond to it either.
		source.return?.().then(undefined, () => undefined);
	}
}
