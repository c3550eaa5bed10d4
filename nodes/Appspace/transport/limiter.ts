import { alarm, untilStopped } from '../../../credentials/auth/deadline';
import { ConcurrencyLimit, MAX_WIDTH, type Outcome, type Started } from './concurrencyLimit';
import { CANCELED, RequestFailed, type Failure, type StatusFailure } from './failure';
import type { Step } from './pipeline';

/** In milliseconds. If a server asks for a longer wait, the node does not wait but reports it to the user. */
export const MAX_HOLD = 30_000;
/** The largest share by which a hold is extended, so that runs that were held together restart apart. */
const JITTER = 0.1;
const PROBE_ROUNDS = 16;

/** Call once when a request has ended. `hold` is how long the whole run must wait. */
export type Release = (outcome: Outcome, hold?: number) => void;

/** Decides when a request may start, based on earlier requests. */
export interface Limiter {
	/** How many requests may be in progress now. */
	readonly width: number;
	/** How many requests the tenant has answered. */
	readonly answered: number;
	/**
	 * Waits for a slot.
	 *
	 * @param firstAttemptAt for a retry, when the request was first attempted: the oldest takes precedence
	 * @throws ExecutionStopped
	 */
	acquire(cancel?: AbortSignal, firstAttemptAt?: number): Promise<Release>;
}

/** Starts a request when the limiter allows it, unless its reply is no longer needed. */
export function withLimit(limiter: Limiter, cancel?: AbortSignal): Step {
	return async (request, next) => {
		const answeredBefore = limiter.answered;
		const release = await limiter.acquire(cancel, request.firstAttemptAt);
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
				if (!(error instanceof RequestFailed)) {
					release('void');
					throw error;
				}
				const { failure } = error;
				release(outcomeOf(failure), holdIn(failure));
				const isPaced = asksForPace(failure) && limiter.answered > answeredBefore;
				throw isPaced ? new RequestFailed({ ...failure, isPaced }) : error;
			},
		);
	};
}

/** What a failure says about the tenant. A broken server that refuses quickly is not fast. */
function outcomeOf(failure: Failure): Outcome {
	if (failure.kind === 'network') return OVERLOADED.includes(failure.code) ? 'broken' : 'void';
	if (failure.kind !== 'status') return 'void';
	const { status } = failure;
	if (status === 429 || status === 503) return 'refused';
	if (status === 408 || status === 504) return 'broken';
	return status < 500 && status !== 401 ? 'answered' : 'void';
}

const OVERLOADED = ['ETIMEDOUT', 'ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ESOCKETTIMEDOUT'];

function asksForPace(failure: Failure): failure is StatusFailure {
	if (failure.kind !== 'status' || failure.status !== 429) return false;
	return (failure.retryAfter ?? 0) <= MAX_HOLD;
}

function holdIn(failure: Failure): number {
	const asked = (failure.kind === 'status' && failure.retryAfter) || 0;
	return asked > MAX_HOLD ? 0 : asked * (1 + JITTER * Math.random());
}

interface Turn {
	/** When the request was first attempted; Infinity for a first attempt. */
	since: number;
	begin: (started: Started) => void;
	started?: Started;
}

/**
 * Allows as many requests at once as the tenant handles well. The others wait: first retries, the oldest
 * request first, then the rest in order of arrival. Results are usually needed in that order, so when a
 * tenant falls silent, the request that everything waits for does not wait behind the retries of later ones.
 */
export class AdaptiveLimiter implements Limiter {
	answered = 0;
	private readonly limit: ConcurrencyLimit;
	private readonly waiting: Turn[] = [];
	private armed: { until: number; callOff: () => void } | undefined;

	/** @param most the most requests in progress, however many the tenant can handle */
	constructor(most = MAX_WIDTH) {
		this.limit = new ConcurrencyLimit(most, Math.floor(Math.random() * PROBE_ROUNDS));
	}

	get width(): number {
		return this.limit.width;
	}

	async acquire(cancel?: AbortSignal, firstAttemptAt = Infinity): Promise<Release> {
		const started = await this.turn(firstAttemptAt, cancel);
		return (outcome, hold) => {
			if (outcome === 'answered' || outcome === 'untimed') this.answered++;
			this.end(started, outcome, hold);
		};
	}

	private async turn(since: number, cancel?: AbortSignal): Promise<Started> {
		const turn: Turn = { since, begin: () => undefined };
		const begun = new Promise<Started>((resolve) => (turn.begin = resolve));
		const older = this.waiting.findLastIndex((one) => one.since <= since);
		this.waiting.splice(older + 1, 0, turn);
		this.beginNext();
		// A request that can start now does not even wait for the event loop.
		if (turn.started) return turn.started;
		return await untilStopped(cancel, async () => await begun).catch((error: unknown) => {
			const place = this.waiting.indexOf(turn);
			if (place >= 0) this.waiting.splice(place, 1);
			// If stopped just as the slot became free, pass it on to the next request.
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
			const wait = this.waiting.length > 0 && this.limit.wait(performance.now());
			if (wait !== 'now') return this.wakeAt(typeof wait === 'object' ? wait.until : undefined);
			const turn = this.waiting.shift();
			if (!turn) return;
			turn.started = this.limit.start(performance.now());
			turn.begin(turn.started);
		}
	};

	/** Cancels the alarm when nothing waits anymore. */
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
