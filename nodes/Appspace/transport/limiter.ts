import { untilStopped } from '../../../credentials/auth/deadline';
import { CANCELED, RequestFailed, type Failure } from './failure';
import type { Step } from './pipeline';

/** How a request ended: with a status that is a success, or with a failure; neither if it was not read. */
export interface Outcome {
	/** Since it was allowed to start, a renewal of the token on the way included. */
	milliseconds: number;
	status?: number;
	/** Names the status of a refusal, its `retryAfter`, and whether the execution was stopped. */
	failure?: Failure;
}

/** Decides when a request may start, from what it learns of those before. */
export interface Limiter {
	/**
	 * Waits for a place.
	 *
	 * @returns what has to be called, once, when the request has ended
	 * @throws ExecutionStopped
	 */
	acquire(cancel?: AbortSignal): Promise<(outcome: Outcome) => void>;
}

/** Starts a request when the limiter allows it, unless nobody waits for its answer any more. */
export function withLimit(limiter: Limiter, cancel?: AbortSignal): Step {
	return async (request, next) => {
		const release = await limiter.acquire(cancel);
		const began = Date.now();
		const end = (how: Pick<Outcome, 'status' | 'failure'>) =>
			release({ milliseconds: Date.now() - began, ...how });
		const send = async () => {
			if (cancel?.aborted || request.isOver?.()) throw new RequestFailed(CANCELED);
			return await next(request);
		};
		return await send().then(
			(reply) => {
				end({ status: reply.statusCode });
				return reply;
			},
			(error: unknown) => {
				end(error instanceof RequestFailed ? { failure: error.failure } : {});
				throw error;
			},
		);
	};
}

/** A fixed number of requests at once; the others wait in order of arrival. */
export class Semaphore implements Limiter {
	private running = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly width: number) {}

	async acquire(cancel?: AbortSignal): Promise<() => void> {
		if (this.running < this.width) this.running++;
		else await this.turn(cancel);
		return this.release;
	}

	private readonly release = (): void => {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	};

	private async turn(cancel?: AbortSignal): Promise<void> {
		let begin = (): void => undefined;
		const turn = new Promise<void>((resolve) => (begin = resolve));
		this.waiting.push(begin);
		await untilStopped(cancel, async () => await turn).catch((error: unknown) => {
			const place = this.waiting.indexOf(begin);
			if (place >= 0) this.waiting.splice(place, 1);
			// Stopped in the moment in which the place became free: the next one gets it.
			else this.release();
			throw error;
		});
	}
}
