import { RequestFailed } from './failure';

/**
 * The pieces of a stream as they come, as long as they do: n8n's time limit ends with the head of an
 * answer.
 *
 * @param patience milliseconds; a stall is noticed after that or at most twice as long
 * @throws RequestFailed when no piece comes for so long
 */
export async function* withIdleTimeout<T>(
	pieces: AsyncIterable<T>,
	patience: number,
): AsyncGenerator<T> {
	const source = pieces[Symbol.asyncIterator]();
	let waitingSince = Infinity;
	let isOver = false;
	const stall = new Promise<never>((_, reject) => {
		const look = () => {
			if (isOver) return;
			if (Date.now() - waitingSince >= patience) {
				reject(new RequestFailed({ kind: 'network', code: 'ETIMEDOUT', sent: true }));
			} else {
				// Unlike a timer, it keeps no process alive.
				AbortSignal.timeout(patience).addEventListener('abort', look);
			}
		};
		look();
	});
	stall.catch(() => undefined);
	try {
		for (;;) {
			waitingSince = Date.now();
			const { done, value } = await Promise.race([source.next(), stall]);
			waitingSince = Infinity;
			if (done) return;
			yield value;
		}
	} finally {
		isOver = true;
		// Not waited for: a source that has stalled does not answer this either.
		source.return?.().then(undefined, () => undefined);
	}
}
