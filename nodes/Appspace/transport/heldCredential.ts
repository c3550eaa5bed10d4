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

/** Secrets of a run that never ends: those of the last renewals are the ones that a server may repeat. */
const MOST_REMEMBERED = 100;
/** A 403 may mean an expired token only if the token has had time to expire. */
const YOUNG = 60_000;
/** How long the items that follow do not renew a token that a server refuses anyway. */
const LASTS = 5_000;
/** Milliseconds before each look; where refresh tokens are not known to change, the first has to do. */
const WAITS_FOR_OTHERS = [1_000, 2_000, 4_000];

/**
 * The credential of one run, read once: reading and decrypting it anew for each request costs more
 * than the request. It is read again only when its token is about to expire, as another process may
 * have renewed it meanwhile.
 */
export class HeldCredential {
	private data: Data | undefined;
	/** The record of `data`, read once: every request looks at it. */
	private record: TokenRecord | undefined;
	private reading: Promise<Data> | undefined;
	private freshTokenWasRefused = false;
	private last401 = -Infinity;
	private readonly seen = new Set<string>();

	constructor(private readonly read: () => Promise<Data>) {}

	/** A copy for one request: the hook must see the token that this very request failed with. */
	async copy(): Promise<Data> {
		if (!this.data || this.isStale()) await this.readAgain();
		return this.copyOf(this.data);
	}

	/** Reads the stored credential. All who ask at the same time share one reading. */
	async readAgain(): Promise<Data> {
		this.reading ??= this.read().finally(() => (this.reading = undefined));
		const stored = await this.reading;
		// A run may hold a newer token than the store when the store refused to be written.
		if (!this.data || issuedAt(stored) >= issuedAt(this.data) || inputsDiffer(stored, this.data)) {
			this.hold(stored);
		}
		return stored;
	}

	/** Takes over the token that the hook put into a request's copy, unless a newer one is held. */
	adopt(copy: Data): void {
		if (!this.data || copy.accessTokenRecord === this.data.accessTokenRecord) return;
		this.remember(copy);
		if (issuedAt(copy) > issuedAt(this.data)) this.hold(copy);
	}

	/**
	 * What to send a request with whose exchange was refused, as another worker may just have spent the
	 * refresh token and be about to store the next; undefined where none does.
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
	 * What to send a request with once more after a 403, which may mean an expired token
	 * (appspace-api.md 3.4): the newer token where one is held by now, else the same without its record,
	 * which makes n8n renew it first. Undefined where the 403 has to be taken at its word: the token is young,
	 * or a fresh one was refused in this run and expired ones are never sent, their lifetime being known.
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

	/** To be called when a fresh token did not cure a 403. */
	remember403(): void {
		this.freshTokenWasRefused = true;
	}

	/** To be called when a request was refused with 401 although n8n renewed the token on the way. */
	remember401(now: number): void {
		this.last401 = now;
	}

	/** Whether a 401 is no reason to renew: a fresh token was refused a moment ago. */
	skipRenewalOn401(now: number): boolean {
		return now - this.last401 < LASTS;
	}

	/** Every secret that this run has seen; a server may repeat one from before a renewal. */
	secrets(): string[] {
		const { subjectId } = this.data ?? {};
		return typeof subjectId === 'string' ? [...this.seen, subjectId] : this.tokens();
	}

	/** The same without the SubjectId, which is worth nothing by itself and may be a value of a record. */
	tokens(): string[] {
		return [...this.seen];
	}

	/** A copy that notes what the hook puts into it: one request may use up several tokens. */
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
			// What is still in use is forgotten last.
			this.seen.delete(secret);
			this.seen.add(secret);
			const [oldest] = this.seen;
			if (this.seen.size > MOST_REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
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
 * Sends a request with the held credential, and once more with a newer token where that can help: after a
 * 403, and where another worker has spent the refresh token. n8n itself renews after a 401.
 */
export function withHeldCredential(held: HeldCredential, cancel?: AbortSignal): Step {
	return async (request, next) => {
		const sendWith = async (credential: Data): Promise<Reply> => {
			const renewsOn401 = !held.skipRenewalOn401(Date.now());
			try {
				const { baseUrl } = readInputs(credential);
				const url = request.url ?? `${baseUrl}/api/v3/${request.path}`;
				return await next({ ...request, url, baseUrl, credential, renewsOn401 });
			} catch (error) {
				if (renewsOn401 && statusOf(error) === 401) held.remember401(Date.now());
				throw error;
			} finally {
				held.adopt(credential);
			}
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
