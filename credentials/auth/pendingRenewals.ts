import { isFresh, type TokenRecord } from './accessToken';
import { AccessError, RENEWAL_LIMIT } from './ask';

/** A newly obtained token, and what is stored with it. */
export interface Renewal {
	accessToken: string;
	record: TokenRecord;
	/** The refresh token to store from now on, if Appspace issued another one. */
	refreshToken?: string;
	/** The fingerprint of the inputs with the new refresh token. */
	nextKey?: string;
}

/** A failure to remember for longer than others, because another attempt costs many requests. */
export class LastingFailure extends AccessError {
	/** @param keepFor milliseconds */
	constructor(
		message: string,
		readonly keepFor: number,
	) {
		super(message);
	}
}

interface PendingRenewal {
	promise: Promise<Renewal>;
	/** In milliseconds of `performance.now()`, as the time of a failure. */
	startedAt: number;
	renewal?: Renewal;
	failure?: { error: unknown; at: number };
	/** How many tokens in a row were refused right after they were issued. */
	refusedAtOnce: number;
}

/** How long a renewal also serves requests that were refused with the previous token, in milliseconds. */
const KEPT = 10_000;
/** The same for requests without a token, in milliseconds. */
const KEPT_WITHOUT_TOKEN = 2_000;
/** How long a failure also applies to new attempts with the same inputs, in milliseconds. */
const FAILURE_KEPT = 1_000;
const MAX_REFUSED_AT_ONCE = 3;
/** In milliseconds. A token with a shorter lifetime counts as refused immediately. */
const SHORTEST_LIFE = 100;
const MAX_RENEWALS = 500;

/** n8n runs the hook separately for each item of each execution. Here they share renewals. */
const renewals = new Map<string, PendingRenewal>();

/** The access token that a caller cannot use, and when it was received. */
export interface FailedToken {
	/** Empty if there was none. */
	accessToken: string;
	/** Milliseconds of the local clock; 0 if unknown. */
	issuedAt: number;
}

/**
 * Renews a token once for all callers that ask at the same time with the same inputs; different inputs
 * share nothing. A failure is remembered for a second, a `LastingFailure` for as long as it specifies. New
 * callers do not wait for a renewal that has exceeded its time limit.
 *
 * @param key fingerprint of all inputs
 */
export async function renewOnce(
	key: string,
	failed: FailedToken,
	renew: () => Promise<Renewal>,
): Promise<Renewal> {
	const now = Date.now();
	const earlier = renewals.get(key);
	if (earlier?.failure && isRemembered(earlier.failure)) throw earlier.failure.error;
	if (earlier && isPending(earlier)) return await earlier.promise;
	if (!earlier?.renewal || !isKept(earlier.renewal, now)) return await startRenewal(key, 0, renew);

	if (earlier.renewal.accessToken !== failed.accessToken) {
		return isLate(failed, earlier.renewal, now)
			? earlier.renewal
			: await startRenewal(key, 0, renew);
	}
	if (hasExpired(earlier.renewal, now)) return await startRenewal(key, 0, renew);
	// Do not ask a server that refuses every token for a new one with each item.
	if (earlier.refusedAtOnce >= MAX_REFUSED_AT_ONCE) return earlier.renewal;
	return await startRenewal(key, earlier.refusedAtOnce + 1, renew);
}

function isRemembered({ error, at }: { error: unknown; at: number }): boolean {
	return performance.now() - at < (error instanceof LastingFailure ? error.keepFor : FAILURE_KEPT);
}

/** If the helper never settles, later runs must not wait until n8n restarts. */
function isPending({ renewal, failure, startedAt }: PendingRenewal): boolean {
	return !renewal && !failure && performance.now() - startedAt < RENEWAL_LIMIT;
}

/** Whether the request was sent before this renewal ended, so that it can use the renewed token. */
function isLate(failed: FailedToken, renewal: Renewal, now: number): boolean {
	// The previous refresh token was used up by the rotation, so another exchange would fail.
	if (renewal.refreshToken !== undefined) return true;
	if (failed.accessToken === '') return now - renewal.record.issuedAt < KEPT_WITHOUT_TOKEN;
	return failed.issuedAt <= renewal.record.issuedAt;
}

/** Whether a token was refused because it had expired, as opposed to right after it was issued. */
function hasExpired({ record: { issuedAt, lifetime } }: Renewal, now: number): boolean {
	return lifetime !== undefined && now - issuedAt >= Math.max(lifetime, SHORTEST_LIFE);
}

async function startRenewal(
	key: string,
	refusedAtOnce: number,
	renew: () => Promise<Renewal>,
): Promise<Renewal> {
	forgetOldest();
	const pending: PendingRenewal = { promise: renew(), startedAt: performance.now(), refusedAtOnce };
	renewals.set(key, pending);
	return await pending.promise.then(
		(renewal) => {
			pending.renewal = renewal;
			// The next caller may already hold the rotated refresh token.
			if (renewal.nextKey) renewals.set(renewal.nextKey, pending);
			return renewal;
		},
		(error: unknown) => {
			pending.failure = { error, at: performance.now() };
			throw error;
		},
	);
}

function isKept({ record }: Renewal, now: number): boolean {
	const age = now - record.issuedAt;
	return age >= 0 && age < KEPT && isFresh(record, now);
}

function forgetOldest(): void {
	for (const [key, renewal] of renewals) {
		if (renewals.size < MAX_RENEWALS) return;
		if (!isPending(renewal)) renewals.delete(key);
	}
}
