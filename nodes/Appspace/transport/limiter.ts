import { alarm, untilStopped } from '../../../credentials/auth/deadline';
import { ConcurrencyLimit, MOST_WIDTH, type Outcome, type Started } from './concurrencyLimit';
import { CANCELED, RequestFailed, type Failure } from './failure';
import type { Step } from './pipeline';

/** A server that asks for more patience than this, in milliseconds, gets none: the user is told instead. */
export const LONGEST_HOLD = 30_000;
/** By what share a hold is longer than asked for, at most: runs that were held together start apart. */
const JITTER = 0.1;
const PROBE_ROUNDS = 16;

/** What has to be called, once, when a request has ended; `hold` is how long the whole run is to wait. */
export type Release = (outcome: Outcome, hold?: number) => void;

/** Decides when a request may start, from what it learns of those before. */
export interface Limiter {
	/** How many requests may be under way now. */
	readonly width: number;
	/** How many requests the tenant has answered. */
	readonly answered: number;
	/**
	 * Waits for a place.
	 *
	 * @param isRetry whether the request was sent before: it goes before those that were not
	 * @throws ExecutionStopped
	 */
	acquire(cancel?: AbortSignal, isRetry?: boolean): Promise<Release>;
}

/** Starts a request when the limiter allows it, unless nobody waits for its answer any more. */
export function withLimit(limiter: Limiter, cancel?: AbortSignal): Step {
	return async (request, next) => {
		const release = await limiter.acquire(cancel, request.isRetry);
		const send = async () => {
			if (cancel?.aborted || request.isOver?.()) throw new RequestFailed(CANCELED);
			return await next(request);
		};
		return await send().then(
			(reply) => {
				release(request.reading ? 'untimed' : 'answered');
				return reply;
			},
			(error: unknown) => {
				if (error instanceof RequestFailed)
					release(outcomeOf(error.failure), holdIn(error.failure));
				else release('void');
				throw error;
			},
		);
	};
}

/** What a failure says about the tenant. A quick refusal of a broken server is no sign of speed. */
function outcomeOf(failure: Failure): Outcome {
	if (failure.kind === 'network') return OVERLOADED.includes(failure.code) ? 'broken' : 'void';
	if (failure.kind !== 'status') return 'void';
	const { status } = failure;
	if (status === 429 || status === 503) return 'refused';
	if (status === 408 || status === 504) return 'broken';
	return status < 500 && status !== 401 ? 'answered' : 'void';
}

const OVERLOADED = ['ETIMEDOUT', 'ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ESOCKETTIMEDOUT'];

function holdIn(failure: Failure): number {
	const asked = (failure.kind === 'status' && failure.retryAfter) || 0;
	return asked > LONGEST_HOLD ? 0 : asked * (1 + JITTER * Math.random());
}

interface Turn {
	begin: (started: Started) => void;
	started?: Started;
}

/** Lets as many requests through as the tenant likes; the others wait in order of arrival, retries first. */
export class AdaptiveLimiter implements Limiter {
	answered = 0;
	private readonly limit: ConcurrencyLimit;
	private readonly retries: Turn[] = [];
	private readonly others: Turn[] = [];
	private armed: { until: number; callOff: () => void } | undefined;

	/** @param most the most requests under way, whatever the tenant likes */
	constructor(most = MOST_WIDTH) {
		this.limit = new ConcurrencyLimit(most, Math.floor(Math.random() * PROBE_ROUNDS));
	}

	get width(): number {
		return this.limit.width;
	}

	async acquire(cancel?: AbortSignal, isRetry = false): Promise<Release> {
		const line = isRetry ? this.retries : this.others;
		const started = await this.turn(line, cancel);
		return (outcome, hold) => {
			if (outcome === 'answered' || outcome === 'untimed') this.answered++;
			this.end(started, outcome, hold);
		};
	}

	private async turn(line: Turn[], cancel?: AbortSignal): Promise<Started> {
		const turn: Turn = { begin: () => undefined };
		const begun = new Promise<Started>((resolve) => (turn.begin = resolve));
		line.push(turn);
		this.beginNext();
		// Nobody who can begin at once waits, not even for the loop.
		if (turn.started) return turn.started;
		return await untilStopped(cancel, async () => await begun).catch((error: unknown) => {
			const place = line.indexOf(turn);
			if (place >= 0) line.splice(place, 1);
			// Stopped in the moment in which the place became free: the next one gets it.
			if (turn.started) this.end(turn.started, 'void');
			else this.beginNext();
			throw error;
		});
	}

	private end(started: Started, outcome: Outcome, hold?: number): void {
		this.limit.end(started, outcome, performance.now(), hold);
		this.beginNext();
	}

	private readonly beginNext = (): void => {
		for (;;) {
			const line = this.retries.length > 0 ? this.retries : this.others;
			const wait = line.length > 0 && this.limit.wait(performance.now());
			if (wait !== 'now') return this.wakeAt(typeof wait === 'object' ? wait.until : undefined);
			const turn = line.shift();
			if (!turn) return;
			turn.started = this.limit.start(performance.now());
			turn.begin(turn.started);
		}
	};

	/** No alarm outlives the last that waits. */
	private wakeAt(until: number | undefined): void {
		if (this.armed?.until === until) return;
		this.armed?.callOff();
		this.armed = undefined;
		if (until === undefined) return;
		const ring = () => {
			this.armed = undefined;
			this.beginNext();
		};
		this.armed = { until, callOff: alarm(Math.max(0, until - performance.now()), ring) };
	}
}
