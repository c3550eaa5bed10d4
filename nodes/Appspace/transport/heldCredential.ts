import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	isFresh,
	issuedAt,
	readRecord,
	wasRotated,
	type TokenRecord,
} from '../../../credentials/auth/accessToken';

type Data = ICredentialDataDecryptedObject;

/** A 403 may mean an expired token only if the token has had time to expire. */
const YOUNG = 60_000;
/** How long the items that follow do not renew a token that a server refuses anyway. */
const LASTS = 5_000;
/** Two tokens issued further apart, in milliseconds, came in this order on the server as well. */
const SURELY_LATER = 1_000;
/** Milliseconds before each look; where refresh tokens are not known to change, the first has to do. */
const WAITS_FOR_OTHERS = [1_000, 2_000, 4_000];
/** Once to twice this long after a renewal, in milliseconds, all who renewed at the same time have stored. */
const OTHERS_HAVE_STORED = 1_200;

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

	constructor(private readonly read: () => Promise<Data>) {}

	/** A copy for one request: the hook must see the token that this very request failed with. */
	async copy(): Promise<Data> {
		if (!this.data || this.isStale()) await this.readAgain();
		return { ...this.data };
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
		if (issuedAt(copy) > issuedAt(this.data)) this.hold(copy);
	}

	/**
	 * What to send a request with whose exchange was refused, as another worker may just have spent the
	 * refresh token and be about to store the next; undefined where none does.
	 */
	async renewedByOthers(copy: Data): Promise<Data | undefined> {
		for (const wait of wasRotated(copy) ? WAITS_FOR_OTHERS : WAITS_FOR_OTHERS.slice(0, 1)) {
			await sleep(wait);
			const stored = await this.readAgain();
			if (stored.accessToken !== copy.accessToken) return { ...stored };
		}
		return undefined;
	}

	/**
	 * The stored pair, ready to be renewed, where another worker stored it over the one that `renewed` got;
	 * undefined where all is well: the stored one is ours, or was certainly issued later. Takes a moment.
	 * n8n writes without a lock, and which of two pairs issued at once lasts, only the server knows.
	 *
	 * @param random between 0 and 1, so that workers do not look at the same time
	 */
	async foreignPair(renewed: Data, random: number): Promise<Data | undefined> {
		await sleep(OTHERS_HAVE_STORED * (1 + random));
		const stored = await this.readAgain();
		const isOurs = stored.accessToken === renewed.accessToken;
		const isLater = issuedAt(stored) - issuedAt(renewed) > SURELY_LATER;
		return isOurs || isLater ? undefined : { ...stored, accessTokenRecord: '' };
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
		if (issuedAt(this.data) > record.issuedAt) return { ...this.data };
		if (now - record.issuedAt < YOUNG) return undefined;
		if (this.freshTokenWasRefused && record.lifetime !== undefined) return undefined;
		return { ...copy, accessTokenRecord: '' };
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

	/** Everything that must not appear in a text, as far as this run knows it. */
	secrets(): string[] {
		const { accessToken, refreshToken, apiKey, subjectId } = this.data ?? {};
		return [accessToken, refreshToken, apiKey, subjectId].filter(
			(secret): secret is string => typeof secret === 'string' && secret.length >= 8,
		);
	}

	private hold(data: Data): void {
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
