import type { IDataObject } from 'n8n-workflow';
import type { Failure } from './failure';

/** What an operation does to the tenant; retries and default concurrency follow from it. */
export type Effect = 'read' | 'write' | 'delete';

/** Waits before the second, third and fourth attempt, in milliseconds, before jitter. */
const WAITS = [400, 1_200, 3_000];
/** A server that asks for more patience than this gets none: the user is told instead. */
const LONGEST_WAIT = 30_000;

/**
 * How long to wait before the same request is sent again.
 *
 * A read may be repeated whenever waiting can help. A write only when Appspace cannot have acted:
 * it was turned away unread, or no connection came about. Never after an ambiguous failure.
 *
 * @param attempt how many attempts have failed so far, from 1
 * @param random between 0 and 1, spreads clients that failed together
 * @returns milliseconds, or undefined when the failure is final
 */
export function waitBeforeRetry(
	failure: Failure,
	headers: IDataObject,
	effect: Effect,
	attempt: number,
	random: number,
): number | undefined {
	const wait = WAITS[attempt - 1];
	if (wait === undefined) return undefined;
	const asked = retryAfter(headers['retry-after']);
	if (asked !== undefined && asked > LONGEST_WAIT) return undefined;
	const repeatable = effect === 'read' ? canHelp(failure) : wasTurnedAway(failure, asked);
	return repeatable ? Math.max(asked ?? 0, wait / 2) + wait * random : undefined;
}

function canHelp(failure: Failure): boolean {
	if (failure.kind === 'access') return failure.temporary;
	if (failure.kind === 'answer') return failure.garbled === true;
	if (failure.kind === 'status') return [408, 425, 429, 502, 503, 504].includes(failure.status);
	return failure.kind === 'network' && failure.code !== 'ERR_CANCELED' && !isSecurity(failure.code);
}

function wasTurnedAway(failure: Failure, asked: number | undefined): boolean {
	if (failure.kind === 'access') return failure.temporary;
	if (failure.kind === 'network') return failure.code === 'ECONNREFUSED';
	if (failure.kind !== 'status') return false;
	return failure.status === 429 || (failure.status === 503 && asked !== undefined);
}

/** A certificate does not become valid by asking again. */
export function isSecurity(code: string): boolean {
	return /CERT|SSL|TLS|SELF_SIGNED|ALTNAME|EPROTO|UNABLE_TO/.test(code);
}

/** Milliseconds of a `Retry-After` header, in seconds or as a date; undefined when unreadable. */
export function retryAfter(header: unknown, now = Date.now()): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
