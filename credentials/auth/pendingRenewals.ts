import { isFresh, type TokenRecord } from './accessToken';
import { AccessError } from './tokenExchange';

/** A token that was just obtained, and what is stored beside it. */
export interface Renewal {
	accessToken: string;
	record: TokenRecord;
	/** The refresh token to store from now on, where Appspace handed out another one. */
	refreshToken?: string;
	/** The fingerprint under which the new refresh token will be asked for. */
	nextKey?: string;
}

/** A failure worth remembering: asking again at once would cost many requests and change nothing. */
export class LastingFailure extends AccessError {
	constructor(
		message: string,
		readonly keepFor: number,
	) {
		super(message);
	}
}

interface PendingRenewal {
	promise: Promise<Renewal>;
	renewal?: Renewal;
	failure?: { error: LastingFailure; at: number };
	/** How many tokens in a row were refused as soon as they had been issued. */
	refusedAtOnce: number;
}

/** Latecomers whose request was refused meanwhile get the outcome of the pending that they missed. */
const KEPT = 10_000;
/** The same for those who had no token when they set out, in milliseconds. */
const KEPT_FOR_NEWCOMERS = 2_000;
const MOST_REFUSED_AT_ONCE = 3;
/** A token that lives for less than this, in milliseconds, is as good as none. */
const SHORTEST_LIFE = 100;
const MOST_RENEWALS = 500;

/** n8n runs the hook for every item of every execution on its own; this is where they meet. */
const renewals = new Map<string, PendingRenewal>();

/** What a caller came with: the access token that it cannot use, and when that was received. */
export interface FailedToken {
	/** Empty where there was none. */
	accessToken: string;
	/** Milliseconds of the local clock; 0 where that is unknown. */
	issuedAt: number;
}

/**
 * Renews a token once for all who ask at the same time with the same inputs. Nothing is shared
 * between different inputs, and a failure is forgotten at once unless it is a `LastingFailure`.
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
	if (earlier?.failure && now - earlier.failure.at < earlier.failure.error.keepFor) {
		throw earlier.failure.error;
	}
	if (earlier && !earlier.renewal && !earlier.failure) return await earlier.promise;
	if (!earlier?.renewal || !isKept(earlier.renewal, now)) return await startRenewal(key, 0, renew);

	if (earlier.renewal.accessToken !== failed.accessToken) {
		return isLate(failed, earlier.renewal, now)
			? earlier.renewal
			: await startRenewal(key, 0, renew);
	}
	if (hadItsLife(earlier.renewal, now)) return await startRenewal(key, 0, renew);
	// A server that refuses every token must not be asked for a new one with each item.
	if (earlier.refusedAtOnce >= MOST_REFUSED_AT_ONCE) return earlier.renewal;
	return await startRenewal(key, earlier.refusedAtOnce + 1, renew);
}

/** Whether a caller set out before this renewal promise, so that it is what the caller needs. */
function isLate(failed: FailedToken, renewal: Renewal, now: number): boolean {
	// A refresh token that was rotated is spent: to exchange it once more would fail.
	if (renewal.refreshToken !== undefined) return true;
	if (failed.accessToken === '') return now - renewal.record.issuedAt < KEPT_FOR_NEWCOMERS;
	return failed.issuedAt <= renewal.record.issuedAt;
}

/** Whether a token was refused because it had expired, and not as soon as it had been issued. */
function hadItsLife({ record: { issuedAt, lifetime } }: Renewal, now: number): boolean {
	return lifetime !== undefined && now - issuedAt >= Math.max(lifetime, SHORTEST_LIFE);
}

async function startRenewal(
	key: string,
	refusedAtOnce: number,
	renew: () => Promise<Renewal>,
): Promise<Renewal> {
	forgetTheOldest();
	const pending: PendingRenewal = { promise: renew(), refusedAtOnce };
	renewals.set(key, pending);
	return await pending.promise.then(
		(renewal) => {
			pending.renewal = renewal;
			// The next caller may already hold the rotated refresh token.
			if (renewal.nextKey) renewals.set(renewal.nextKey, pending);
			return renewal;
		},
		(error: unknown) => {
			if (error instanceof LastingFailure) pending.failure = { error, at: Date.now() };
			else renewals.delete(key);
			throw error;
		},
	);
}

function isKept({ record }: Renewal, now: number): boolean {
	const age = now - record.issuedAt;
	return age >= 0 && age < KEPT && isFresh(record, now);
}

function forgetTheOldest(): void {
	for (const [key, { renewal, failure }] of renewals) {
		if (renewals.size < MOST_RENEWALS) return;
		if (renewal || failure) renewals.delete(key);
	}
}
