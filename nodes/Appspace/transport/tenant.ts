import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { readInputs } from '../../../credentials/auth/accessToken';
import { isWithin } from '../../../credentials/auth/baseUrl';
import { CANCELED, fail, quotable, RequestFailed, sortError, type Failure } from './failure';
import { Gate } from './gate';
import { HeldCredential } from './heldCredential';
import { letGo } from './openFile';
import { readReply } from './readReply';
import {
	headersOf,
	judge,
	MOST_REDIRECTS,
	redirectIn,
	REDIRECTED_FOR_EVER,
	type Reply,
} from './reply';
import { waitBeforeRetry, type Effect } from './retry';
import { effectOf, lineOf, optionsFor, type TenantRequest } from './tenantRequest';

export type Context = IExecuteFunctions | ILoadOptionsFunctions;

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
	private readonly gate: Gate;
	private refusal: { failed: RequestFailed; at: number } | undefined;
	private outlasted: unknown;

	/** @param atOnce the most requests that are under way at the same time */
	constructor(
		private readonly context: Context,
		atOnce: number,
	) {
		this.credential = new HeldCredential(() => context.getCredentials<Data>(CREDENTIAL));
		this.gate = new Gate(atOnce);
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
		for (let attempt = 1; ; attempt++) {
			const { failure, reply, headers } = await this.gate.pass(() => this.attempt(request));
			if (reply) return reply;
			if (failure === this.refusal?.failed.failure) throw this.refusal.failed;
			const wait = waitBeforeRetry(failure, headers, effect, attempt, Math.random());
			if (wait === undefined || request.isOver?.()) {
				throw this.final(failure, effect, lineOf(request));
			}
			await sleep(wait);
		}
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
		return await this.gate.pass(() => this.sendCuring403({ path: '', file }).catch(refuse));
	}

	private async attempt(
		request: TenantRequest,
	): Promise<
		| { reply: Reply; failure?: undefined; headers: IDataObject }
		| { reply?: undefined; failure: Failure; headers: IDataObject }
	> {
		try {
			if (this.isCanceled() || request.isOver?.()) throw new RequestFailed(CANCELED);
			const sent = await this.sendCuring403(request);
			const { statusCode, headers } = sent;
			const body = request.reading ? await readReply(sent, request.reading) : sent.body;
			const failure = judge(statusCode, body, request);
			if (failure) return { failure, headers };
			return { reply: { statusCode, headers, body: body === '' ? undefined : body }, headers };
		} catch (error) {
			return { failure: this.sorted(error), headers: headersOf(error) };
		}
	}

	/** What the item is told. A server that repeats a secret in its message must not bring it into a log. */
	final(failure: Failure, effect: Effect, line?: string): RequestFailed {
		const told =
			failure.kind === 'status'
				? { ...failure, said: quotable(failure.said, this.credential.secrets()) }
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

	private async sendCuring403(request: TenantRequest): Promise<Reply> {
		const copy = await this.credential.copy();
		const reply = await this.sendWith(copy, request);
		const cure = reply.statusCode === 403 && this.credential.cureFor403(copy, Date.now());
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
			return await this.sendAsOthersMayHave(copy, request, failure);
		});
	}

	/** Where the exchange is refused, another worker may just have spent the refresh token. */
	private async sendAsOthersMayHave(
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
		let url = request.file ?? `${origin}/api/v3/${request.path}`;
		if (!isWithin(origin, url)) throw new RequestFailed({ kind: 'answer', sentence: REDIRECTED });
		for (let redirects = 0; ; redirects++) {
			const reply = await this.call(copy, { ...options, url });
			const location = redirectIn(reply);
			if (location === undefined || request.file !== undefined) return reply;
			if (request.reading) letGo(reply);
			if (!isWithin(origin, location, url) || effectOf(request) !== 'read') {
				throw new RequestFailed({ kind: 'answer', sentence: REDIRECTED });
			}
			if (redirects === MOST_REDIRECTS) {
				throw new RequestFailed({ kind: 'answer', sentence: REDIRECTED_FOR_EVER });
			}
			url = new URL(location, url).href;
			// The new address says all that is asked for.
			delete options.qs;
		}
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
		const takesItsWord = this.credential.takes401AtItsWord(Date.now());
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
		if (!foreign || this.isCanceled()) return;
		const url = `${readInputs(foreign).baseUrl}/api/v3/users/me`;
		await this.callOnce(foreign, { ...optionsFor({ path: '' }), url });
	}

	private isCanceled(): boolean {
		return (
			'getExecutionCancelSignal' in this.context &&
			this.context.getExecutionCancelSignal()?.aborted === true
		);
	}
}

const REDIRECTED =
	'Appspace sends this request on to another address, which is not followed with an access token.';
