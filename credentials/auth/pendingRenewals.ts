import { isFresh, type TokenRecord } from './accessToken';
import { AccessError, RENEWAL_LIMIT } from './ask';

/** A token that was just obtained, and what is stored beside it. */
export interface Renewal {
	accessToken: string;
	record: TokenRecord;
	/** The refresh token to store from now on, where Appspace handed out another one. */
	refreshToken?: string;
	/** The fingerprint under which the new refresh token will be asked for. */
	nextKey?: string;
}

/** A failure to remember for longer than others: asking again costs many requests. */
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
	startedAt: number;
	renewal?: Renewal;
	failure?: { error: unknown; at: number };
	/** How many tokens in a row were refused right after they had been issued. */
	refusedAtOnce: number;
}

/** How long a renewal also serves requests that were refused with the token before, in milliseconds. */
const KEPT = 10_000;
/** The same for requests that had no token, in milliseconds. */
const KEPT_WITHOUT_TOKEN = 2_000;
/** How long a failure answers for the next attempts with the same inputs, in milliseconds. */
const FAILURE_KEPT = 1_000;
const MOST_REFUSED_AT_ONCE = 3;
/** A token that lives for less than this counts as refused at once; in milliseconds. */
const SHORTEST_LIFE = 100;
const MOST_RENEWALS = 500;

/** n8n runs the hook for each item of each execution separately; here they share renewals. */
const renewals = new Map<string, PendingRenewal>();

/** What a caller came with: the access token that it cannot use, and when that was received. */
export interface FailedToken {
	/** Empty where there was none. */
	accessToken: string;
	/** Milliseconds of the local clock; 0 where that is unknown. */
	issuedAt: number;
}

/**
 * Renews a token once for all callers that ask at the same time with the same inputs. Different inputs share
 * nothing. A failure is remembered for a second, a `LastingFailure` for as long as it says; a renewal that
 * takes longer than it may is not waited for by new callers.
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
	if (earlier?.failure && isRemembered(earlier.failure, now)) throw earlier.failure.error;
	if (earlier && isPending(earlier, now)) return await earlier.promise;
	if (!earlier?.renewal || !isKept(earlier.renewal, now)) return await startRenewal(key, 0, renew);

	if (earlier.renewal.accessToken !== failed.accessToken) {
		return isLate(failed, earlier.renewal, now)
			? earlier.renewal
			: await startRenewal(key, 0, renew);
	}
	if (hasExpired(earlier.renewal, now)) return await startRenewal(key, 0, renew);
	// A server that refuses every token must not be asked for a new one with each item.
	if (earlier.refusedAtOnce >= MOST_REFUSED_AT_ONCE) return earlier.renewal;
	return await startRenewal(key, earlier.refusedAtOnce + 1, renew);
}

function isRemembered({ error, at }: { error: unknown; at: number }, now: number): boolean {
	return now - at < (error instanceof LastingFailure ? error.keepFor : FAILURE_KEPT);
}

/** A helper that never settles must not keep every later run waiting until n8n restarts. */
function isPending({ renewal, failure, startedAt }: PendingRenewal, now: number): boolean {
	return !renewal && !failure && now - startedAt < RENEWAL_LIMIT;
}

/** Whether a request was sent before this renewal ended, so that the renewal is what it needs. */
function isLate(failed: FailedToken, renewal: Renewal, now: number): boolean {
	// A refresh token that was rotated is used up: exchanging it again would fail.
	if (renewal.refreshToken !== undefined) return true;
	if (failed.accessToken === '') return now - renewal.record.issuedAt < KEPT_WITHOUT_TOKEN;
	return failed.issuedAt <= renewal.record.issuedAt;
}

/** Whether a token was refused because it had expired, and not right after it had been issued. */
function hasExpired({ record: { issuedAt, lifetime } }: Renewal, now: number): boolean {
	return lifetime !== undefined && now - issuedAt >= Math.max(lifetime, SHORTEST_LIFE);
}

async function startRenewal(
	key: string,
	refusedAtOnce: number,
	renew: () => Promise<Renewal>,
): Promise<Renewal> {
	forgetOldest();
	const pending: PendingRenewal = { promise: renew(), startedAt: Date.now(), refusedAtOnce };
	renewals.set(key, pending);
	return await pending.promise.then(
		(renewal) => {
			pending.renewal = renewal;
			// The next caller may already hold the rotated refresh token.
			if (renewal.nextKey) renewals.set(renewal.nextKey, pending);
			return renewal;
		},
		(error: unknown) => {
			pending.failure = { error, at: Date.now() };
			throw error;
		},
	);
}

function isKept({ record }: Renewal, now: number): boolean {
	const age = now - record.issuedAt;
	return age >= 0 && age < KEPT && isFresh(record, now);
}

function forgetOldest(): void {
	const now = Date.now();
	for (const [key, renewal] of renewals) {
		if (renewals.size < MOST_RENEWALS) return;
		if (!isPending(renewal, now)) renewals.delete(key);
	}
}
