import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	isFresh,
	issuedAt,
	readInputs,
	readRecord,
	wasRotated,
	type TokenRecord,
} from '../../../credentials/auth/accessToken';
import { untilStopped } from '../../../credentials/auth/deadline';
import { fail, isRefusal, RequestFailed } from './failure';
import type { Step } from './pipeline';
import type { Reply } from './reply';

type Data = ICredentialDataDecryptedObject;

/**
 * The most secrets to remember in a run that never ends; a server is most likely to repeat the latest ones.
 */
const MAX_REMEMBERED = 100;
/** In milliseconds. A 403 can only mean an expired token if the token is older than this. */
const YOUNG = 60_000;
/** How long the next items do not renew a token that the server refuses anyway, in milliseconds. */
const LASTS = 5_000;
/**
 * Waits before each check for a renewal by others, in milliseconds. If refresh tokens are not known to
 * rotate, there is only one check.
 */
const WAITS_FOR_OTHERS = [1_000, 2_000, 4_000];

/**
 * The credential of one run, read once: reading and decrypting it for each request would cost more than the
 * request. It is read again only when its token is about to expire, because another process may have
 * renewed it.
 */
export class HeldCredential {
	private data: Data | undefined;
	/** The record of `data`, parsed once because every request needs it. */
	private record: TokenRecord | undefined;
	private reading: Promise<Data> | undefined;
	private freshTokenWasRefused = false;
	private last401 = -Infinity;
	private readonly seen = new Set<string>();

	constructor(private readonly read: () => Promise<Data>) {}

	/** A copy for one request, because the hook must see the token with which this very request failed. */
	async copy(): Promise<Data> {
		if (!this.data || this.isStale()) await this.readAgain();
		return this.copyOf(this.data);
	}

	/** Reads the stored credential. Concurrent callers share one read. */
	async readAgain(): Promise<Data> {
		this.reading ??= this.read().finally(() => (this.reading = undefined));
		const stored = await this.reading;
		// If storing failed, the run may have a newer token than the store.
		if (!this.data || issuedAt(stored) >= issuedAt(this.data) || inputsDiffer(stored, this.data)) {
			this.hold(stored);
		}
		return stored;
	}

	/**
	 * Adopts the token that the hook put into the copy of a request, unless the run already has a newer
	 * one.
	 */
	adopt(copy: Data): void {
		if (!this.data || copy.accessTokenRecord === this.data.accessTokenRecord) return;
		this.remember(copy);
		if (issuedAt(copy) > issuedAt(this.data)) this.hold(copy);
	}

	/**
	 * The credential for a retry after the token exchange was refused. Another worker may just have used
	 * the refresh token and be about to store the next one. Undefined if that does not happen.
	 */
	async renewedByOthers(copy: Data, cancel?: AbortSignal): Promise<Data | undefined> {
		for (const wait of wasRotated(copy) ? WAITS_FOR_OTHERS : WAITS_FOR_OTHERS.slice(0, 1)) {
			await untilStopped(cancel, async (signal) => await sleep(wait, signal));
			const stored = await this.readAgain();
			if (stored.accessToken !== copy.accessToken) return this.copyOf(stored);
		}
		return undefined;
	}

	/**
	 * The credential for a retry after a 403, which may mean an expired token (appspace-api.md 3.4): the
	 * newer token if there is one, otherwise the same token without its record, so that n8n renews it
	 * first. Undefined if the 403 must be final: the token is too young, or a fresh token was refused in
	 * this run and its lifetime is known, so expired ones are never sent.
	 *
	 * @param now milliseconds of the local clock
	 */
	credentialAfter403(copy: Data, now: number): Data | undefined {
		const record = readRecord(copy);
		if (!record || !this.data) return undefined;
		if (issuedAt(this.data) > record.issuedAt) return this.copyOf(this.data);
		if (now - record.issuedAt < YOUNG) return undefined;
		if (this.freshTokenWasRefused && record.lifetime !== undefined) return undefined;
		return this.copyOf({ ...copy, accessTokenRecord: '' });
	}

	/** Call when a fresh token did not resolve a 403. */
	remember403(): void {
		this.freshTokenWasRefused = true;
	}

	/**
	 * Call when a request got a 401 although n8n renewed the token for it.
	 *
	 * @param now milliseconds of `performance.now()`
	 */
	remember401(now: number): void {
		this.last401 = now;
	}

	/**
	 * Whether to skip the renewal after a 401 because a fresh token was refused a moment ago.
	 *
	 * @param now milliseconds of `performance.now()`
	 */
	skipRenewalOn401(now: number): boolean {
		return now - this.last401 < LASTS;
	}

	/** Every secret of this run, because a server may repeat one from before a renewal. */
	secrets(): string[] {
		const { subjectId } = this.data ?? {};
		return typeof subjectId === 'string' ? [...this.seen, subjectId] : this.tokens();
	}

	/** Like `secrets`, without the SubjectId, which is useless by itself and may be a value in a record. */
	tokens(): string[] {
		return [...this.seen];
	}

	/** A copy that records what the hook puts into it: one request may use several tokens. */
	private copyOf(data: Data | undefined): Data {
		const copy: Data = { ...data };
		for (const name of ['accessToken', 'refreshToken']) {
			let value = copy[name];
			const set = (next: Data[string]) => this.remember({ [name]: (value = next) });
			Object.defineProperty(copy, name, { get: () => value, set, enumerable: true });
		}
		return copy;
	}

	private remember({ accessToken, refreshToken, apiKey }: Data): void {
		for (const secret of [accessToken, refreshToken, apiKey]) {
			if (typeof secret !== 'string') continue;
			// Secrets in use move to the end, so they are forgotten last.
			this.seen.delete(secret);
			this.seen.add(secret);
			const [oldest] = this.seen;
			if (this.seen.size > MAX_REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
		}
	}

	private hold(data: Data): void {
		this.remember(data);
		this.data = data;
		this.record = readRecord(data);
	}

	private isStale(): boolean {
		return this.record !== undefined && !isFresh(this.record, Date.now());
	}
}

function inputsDiffer(left: Data, right: Data): boolean {
	return ['baseUrl', 'subjectId', 'apiKey', 'apiKeyPlacement', 'apiKeyName'].some(
		(field) => left[field] !== right[field],
	);
}

/**
 * Sends a request with the credential of the run, and retries once with a newer token if that can help:
 * after a 403, or if another worker used the refresh token. After a 401, n8n itself renews the token.
 */
export function withHeldCredential(held: HeldCredential, cancel?: AbortSignal): Step {
	return async (request, next) => {
		const sendWith = async (credential: Data): Promise<Reply> => {
			const renewsOn401 = !held.skipRenewalOn401(performance.now());
			const { baseUrl } = readInputs(credential);
			const url = request.url ?? `${baseUrl}/api/v3/${request.path}`;
			return await next({ ...request, url, baseUrl, credential, renewsOn401 })
				.catch((error: unknown) => {
					if (renewsOn401 && statusOf(error) === 401) held.remember401(performance.now());
					throw error;
				})
				.finally(() => held.adopt(credential));
		};
		const sendOrTakeAnother = async (credential: Data): Promise<Reply> =>
			await sendWith(credential).catch(async (error: unknown) => {
				if (!isExchangeRefused(error)) throw error;
				const renewed = await held.renewedByOthers(credential, cancel);
				if (!renewed) throw error;
				return await sendWith(renewed);
			});
		const sendTwiceOn403 = async (): Promise<Reply> => {
			const first = await held.copy();
			return await sendOrTakeAnother(first).catch(async (error: unknown) => {
				const second = statusOf(error) === 403 && held.credentialAfter403(first, Date.now());
				if (!second) throw error;
				return await sendOrTakeAnother(second).catch((again: unknown) => {
					if (statusOf(again) === 403) held.remember403();
					throw again;
				});
			});
		};
		return await sendTwiceOn403().catch(fail);
	};
}

function statusOf(error: unknown): number | undefined {
	return isRefusal(error) ? error.failure.status : undefined;
}

function isExchangeRefused(error: unknown): boolean {
	if (!(error instanceof RequestFailed)) return false;
	return error.failure.kind === 'access' && !error.failure.temporary;
}
