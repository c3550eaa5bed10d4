/*
 * Everything that ends early because of a clock or a stopped execution ends here.
 *
 * Time is measured with `AbortSignal.timeout`: n8n's lint rules forbid timers, and n8n's `sleep` cannot be
 * ended early on every version. Such a signal keeps no process alive, and once it has no listener the
 * garbage collector takes it together with its timer. So every listener is removed when its wait is over.
 */

/** The work took too long. The code is the one that Node gives a connection that timed out. */
export class DeadlinePassed extends Error {
	readonly code = 'ETIMEDOUT';
}

/** The execution was stopped. The code is n8n's own for a request that was cut off. */
export class ExecutionStopped extends Error {
	readonly code = 'ERR_CANCELED';
}

/** What a signal is aborted with when nobody needs its work any more. */
const OVER = new Error('The work is over.');

/**
 * Runs `work` until it ends or the execution is stopped, whichever comes first.
 *
 * @param cancel aborted when the execution is stopped
 * @param work gets a signal that is aborted if it fails or is stopped, and a function that aborts it, so
 * that no connection is left open. Where it does not react to the signal, it goes on by itself.
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
 * Calls `ring` once, after so many milliseconds.
 *
 * @returns what calls the alarm off
 */
export function alarm(milliseconds: number, ring: () => void): () => void {
	const signal = AbortSignal.timeout(Math.ceil(milliseconds));
	signal.addEventListener('abort', ring, { once: true });
	return () => signal.removeEventListener('abort', ring);
}

/**
 * What comes of `work` if it comes within so many milliseconds.
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
 * The pieces of a stream as they come.
 *
 * @param limits in milliseconds: for the next piece, and for all of them
 * @throws DeadlinePassed
 */
export async function* withIdleTimeout<T>(
	pieces: AsyncIterable<T>,
	{ idle, whole }: { idle: number; whole: number },
): AsyncGenerator<T> {
	const source = pieces[Symbol.asyncIterator]();
	const end = Date.now() + whole;
	let waitingSince = Infinity;
	let fail: (error: Error) => void = () => undefined;
	let disarm = (): void => undefined;
	// One alarm for the stream, not one for each piece: it looks when the next limit may have passed.
	const look = (): void => {
		const left = Math.min(waitingSince + idle, end) - Date.now();
		if (left <= 0 && waitingSince !== Infinity) return fail(new DeadlinePassed());
		const alarm = AbortSignal.timeout(Math.ceil(left > 0 ? Math.min(left, idle) : idle));
		alarm.addEventListener('abort', look);
		disarm = () => alarm.removeEventListener('abort', look);
	};
	look();
	try {
		for (;;) {
			// A promise that outlived its piece would keep every piece in memory.
			const next = new Promise<IteratorResult<T>>((resolve, reject) => {
				fail = reject;
				source.next().then(resolve, reject);
			});
			waitingSince = Date.now();
			const { done, value } = await next;
			waitingSince = Infinity;
			if (done) return;
			yield value;
		}
	} finally {
		disarm();
		// Not waited for: a source that has stalled does not answer this either.
		source.return?.().then(undefined, () => undefined);
	}
}
