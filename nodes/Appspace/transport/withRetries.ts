import { sleep } from 'n8n-workflow';
import { untilStopped } from '../../../credentials/auth/deadline';
import { effectOf, type Effect } from './effect';
import { CANCELED, isSecurity, RequestFailed, wasTurnedAway, type Failure } from './failure';
import { MAX_HOLD } from './limiter';
import type { Outgoing, Step } from './pipeline';
import { redactFailure } from './redaction';
import type { Reply } from './reply';

export interface RetryOptions {
	cancel: AbortSignal | undefined;
	/** Failures that the next requests must not repeat. */
	refusals: Refusals;
	/** What must not appear in a message. */
	secrets: () => string[];
	/** The name of the request in messages. */
	lineOf?: (request: Outgoing) => string;
}

/** Retries a request if that is safe and can help. What it throws is final. */
export function withRetries({ cancel, refusals, secrets, lineOf }: RetryOptions): Step {
	return async (request, next) => {
		const effect = effectOf(request);
		let hasBeenAnswered = false;
		const firstAttemptAt = performance.now();
		let attempt = 1;
		let isRetry = false;
		let turnedAwayAt: number | undefined;
		for (;;) {
			const answer = await next(isRetry ? { ...request, firstAttemptAt } : request).catch(
				failureIn,
			);
			if (!('failure' in answer)) return answer;
			const { failure } = answer;
			if (effect === 'delete' && hasBeenAnswered && isGone(failure)) return GONE;
			hasBeenAnswered ||= failure.kind === 'status';
			const isKnown = refusals.includes(failure);
			// Then a failure does not use up an attempt.
			const isPaced = failure.kind === 'status' && failure.isPaced === true;
			if (isPaced) turnedAwayAt ??= performance.now();
			const isFinal = isKnown || performance.now() - (turnedAwayAt ?? Infinity) > MAX_WAITING;
			const ownWait = () => waitBeforeRetry(failure, effect, attempt++, Math.random());
			const wait = isFinal ? undefined : isPaced ? 0 : ownWait();
			if (wait === undefined || request.isOver?.()) {
				const shown = redactFailure(failure, secrets());
				if (!isKnown) refusals.remember(shown);
				throw new RequestFailed(shown, effect, lineOf?.(request));
			}
			isRetry = true;
			if (wait > 0) await pause(wait, cancel);
		}
	};
}

/** The failure of a request. Rethrows any other error. */
function failureIn(error: unknown): { failure: Failure } {
	if (error instanceof RequestFailed) return { failure: error.failure };
	throw error;
}

/** The record is gone: an earlier attempt deleted it although its reply was an error status. */
const isGone = (failure: Failure) => failure.kind === 'status' && failure.status === 404;
const GONE: Reply = { statusCode: 404, headers: {}, body: undefined };

async function pause(milliseconds: number, cancel?: AbortSignal): Promise<void> {
	await untilStopped(cancel, async (signal) => await sleep(milliseconds, signal)).catch(() => {
		throw new RequestFailed(CANCELED);
	});
}

/** How long the next requests do not repeat the same refusal, in milliseconds. */
const REFUSAL_LASTS = 5_000;

/**
 * Remembers the refusal of a credential, so that the requests that follow do not try it again for a while:
 * a thousand items lead to one message instead of a thousand exchanges.
 */
export class Refusals {
	private last: { failure: Failure; at: number } | undefined;

	/** @param isRefusal whether a failure is about the credential and not the request */
	constructor(private readonly isRefusal: (failure: Failure) => boolean) {}

	/** Throws a recent refusal instead of sending the request. */
	readonly check: Step = async (request, next) => {
		const { last } = this;
		if (last && performance.now() - last.at < REFUSAL_LASTS) throw new RequestFailed(last.failure);
		return await next(request);
	};

	includes(failure: Failure): boolean {
		return failure === this.last?.failure;
	}

	remember(failure: Failure): void {
		if (this.isRefusal(failure)) this.last = { failure, at: performance.now() };
	}
}

/** Waits before the second, third, and fourth attempt, in milliseconds, before jitter. */
const WAITS = [400, 1_200, 3_000];
/** How long a request may be retried in total while others get through, in milliseconds. */
const MAX_WAITING = 300_000;

/**
 * How long to wait before the same request is sent again. A failure to get an access token is final here,
 * because the credential has already retried it (credentials/auth/ask.ts).
 *
 * A read may be repeated whenever waiting can help. A write may be repeated only if Appspace cannot have
 * acted: the request was turned away unread, or no connection was made. Never after an ambiguous failure.
 *
 * @param attempt how many attempts have failed so far, from 1
 * @param random between 0 and 1, to spread clients that failed together
 * @returns milliseconds; undefined if the failure is final
 */
export function waitBeforeRetry(
	failure: Failure,
	effect: Effect,
	attempt: number,
	random: number,
): number | undefined {
	const wait = WAITS[attempt - 1];
	if (wait === undefined) return undefined;
	const asked = failure.kind === 'status' ? failure.retryAfter : undefined;
	if (asked !== undefined && asked > MAX_HOLD) return undefined;
	const repeatable = effect === 'read' ? canHelp(failure) : wasTurnedAway(failure);
	return repeatable ? Math.max(asked ?? 0, wait / 2) + wait * random : undefined;
}

function canHelp(failure: Failure): boolean {
	if (failure.kind === 'answer') return failure.garbled === true;
	if (failure.kind === 'status') return [408, 425, 429, 502, 503, 504].includes(failure.status);
	return failure.kind === 'network' && failure.code !== 'ERR_CANCELED' && !isSecurity(failure.code);
}
