import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { readInputs } from '../../../credentials/auth/accessToken';
import { isWithin } from '../../../credentials/auth/baseUrl';
import { withRetries, type Attempt } from './withRetries';
import { isCanceled, type Context } from './context';
import { CANCELED, fail, quotable, RequestFailed, sortError, type Failure } from './failure';
import { Semaphore } from './semaphore';
import { HeldCredential } from './heldCredential';
import { readReply } from './readReply';
import { followRedirects } from './followRedirects';
import { headersOf, judge, type Reply } from './reply';
import type { Effect } from './retry';
import { effectOf, lineOf, optionsFor, type TenantRequest } from './tenantRequest';

type Data = ICredentialDataDecryptedObject;

const CREDENTIAL = 'appspaceApi';
/** How long a credential that gave no access is not tried again by the items that follow, in milliseconds. */
const REFUSAL_LASTS = 5_000;

/**
 * The Appspace tenant behind the credential of one run. Everything a node says to Appspace goes
 * through `request`: token, retries, redirects and the number of requests at once are its business.
 */
export class Tenant {
	private readonly credential: HeldCredential;
	private readonly semaphore: Semaphore;
	private refusal: { failed: RequestFailed; at: number } | undefined;
	private outlasted: unknown;

	/** @param atOnce the most requests that are under way at the same time */
	constructor(
		private readonly context: Context,
		atOnce: number,
	) {
		this.credential = new HeldCredential(() => context.getCredentials<Data>(CREDENTIAL));
		this.semaphore = new Semaphore(atOnce);
	}

	/**
	 * Sends a request, repeating it where that is safe and can help.
	 *
	 * @returns the body of a successful answer; undefined when it is empty
	 * @throws RequestFailed
	 */
	async request(request: TenantRequest): Promise<unknown> {
		return (await this.reply(request)).body;
	}

	/** The same with status and headers. */
	async reply(request: TenantRequest): Promise<Reply> {
		const effect = effectOf(request);
		return await withRetries({
			effect,
			attempt: async () => await this.semaphore.run(() => this.attempt(request)),
			final: (failure) => this.final(failure, effect, lineOf(request)),
			isOver: request.isOver,
		});
	}

	/**
	 * The origin to which the token may go.
	 *
	 * @throws RequestFailed
	 */
	async origin(): Promise<string> {
		return await this.credential
			.copy()
			.then((copy) => readInputs(copy).baseUrl)
			.catch(fail);
	}

	/**
	 * Opens a file at the tenant's own origin: one attempt, with the token. Redirects are handed back.
	 *
	 * @returns an answer of any status, its body a stream
	 * @throws RequestFailed
	 */
	async open(file: string): Promise<Reply> {
		const refuse = (error: unknown) => {
			throw this.final(this.sorted(error), 'read');
		};
		return await this.semaphore.run(() => this.sendRenewingOn403({ path: '', file }).catch(refuse));
	}

	private async attempt(request: TenantRequest): Promise<Attempt> {
		try {
			if (isCanceled(this.context) || request.isOver?.()) throw new RequestFailed(CANCELED);
			const sent = await this.sendRenewingOn403(request);
			const { statusCode, headers } = sent;
			const body = request.reading ? await readReply(sent, request.reading) : sent.body;
			const failure = judge(statusCode, body, request);
			if (failure) return { failure, headers };
			return { reply: { statusCode, headers, body: body === '' ? undefined : body } };
		} catch (error) {
			const failure = this.sorted(error);
			if (failure === this.refusal?.failed.failure) throw this.refusal.failed;
			return { failure, headers: headersOf(error) };
		}
	}

	/** What the item is told. A server that repeats a secret in its message must not bring it into a log. */
	final(failure: Failure, effect: Effect, line?: string): RequestFailed {
		const told =
			failure.kind === 'status'
				? { ...failure, serverMessage: quotable(failure.serverMessage, this.credential.secrets()) }
				: failure;
		const failed = new RequestFailed(told, effect, line);
		if (failure.kind === 'access') this.refusal = { failed, at: Date.now() };
		return failed;
	}

	private sorted(error: unknown): Failure {
		const failure = sortError(error);
		if (failure.kind === 'status' && failure.status === 401) {
			this.credential.remember401(Date.now());
		}
		return failure;
	}

	private async sendRenewingOn403(request: TenantRequest): Promise<Reply> {
		const copy = await this.credential.copy();
		const reply = await this.sendWith(copy, request);
		const cure = reply.statusCode === 403 && this.credential.credentialAfter403(copy, Date.now());
		if (!cure) return reply;
		const second = await this.sendWith(cure, request);
		if (second.statusCode === 403) this.credential.remember403();
		return second;
	}

	private async sendWith(copy: Data, request: TenantRequest): Promise<Reply> {
		if (this.refusal && Date.now() - this.refusal.at < REFUSAL_LASTS) throw this.refusal.failed;
		return await this.send(copy, request).catch(async (error: unknown) => {
			const failure = sortError(error);
			if (failure.kind !== 'access' || failure.temporary) throw error;
			return await this.sendWithTokenOfAnotherWorker(copy, request, failure);
		});
	}

	/** Where the exchange is refused, another worker may just have spent the refresh token. */
	private async sendWithTokenOfAnotherWorker(
		copy: Data,
		request: TenantRequest,
		failure: Failure,
	): Promise<Reply> {
		const renewed = await this.credential.renewedByOthers(copy);
		if (renewed) return await this.send(renewed, request);
		throw new RequestFailed(failure);
	}

	private async send(copy: Data, request: TenantRequest): Promise<Reply> {
		const origin = readInputs(copy).baseUrl;
		const options = optionsFor(request);
		const { file, path, reading } = request;
		return await followRedirects({
			url: file ?? `${origin}/api/v3/${path}`,
			effect: effectOf(request),
			isAllowed: (url) => isWithin(origin, url),
			returnsRedirects: file !== undefined,
			isStream: reading !== undefined,
			call: async (url, isSentOn) =>
				await this.call(copy, { ...options, url, ...(isSentOn && { qs: undefined }) }),
		});
	}

	private async call(copy: Data, options: IHttpRequestOptions): Promise<Reply> {
		const { refreshToken } = copy;
		try {
			return await this.callOnce(copy, options);
		} finally {
			// The request itself has its answer, whatever comes of this.
			if (copy.refreshToken !== refreshToken) await this.outlastOthers({ ...copy }).catch(() => {});
		}
	}

	private async callOnce(copy: Data, options: IHttpRequestOptions): Promise<Reply> {
		const takesItsWord = this.credential.skipRenewalOn401(Date.now());
		// A thrown 401 is what makes n8n run the credential's hook; every other status is judged here.
		options.ignoreHttpStatusErrors = { ignore: true, except: takesItsWord ? [] : [401] };
		try {
			return (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
				{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: copy } },
			)) as Reply;
		} finally {
			this.credential.adopt(copy);
		}
	}

	/** Of workers that renewed at the same time, whose pair lasts? Who is overwritten renews again, alone. */
	private async outlastOthers(renewed: Data): Promise<void> {
		if (this.outlasted === renewed.accessToken) return;
		this.outlasted = renewed.accessToken;
		const foreign = await this.credential.foreignPair(renewed, Math.random());
		if (!foreign || isCanceled(this.context)) return;
		const url = `${readInputs(foreign).baseUrl}/api/v3/users/me`;
		await this.callOnce(foreign, { ...optionsFor({ path: '' }), url });
	}
}
