import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { isBelow } from '../../../../credentials/auth/baseUrl';
import { readScimInputs } from '../../../../credentials/auth/scim';
import { attribute } from './attributes';
import { withRetries, type Attempt } from '../withRetries';
import { isCanceled, type Context } from '../context';
import { CANCELED, messageIn, quotable, RequestFailed, sortError, type Failure } from '../failure';
import { Semaphore } from '../semaphore';
import { followRedirects } from '../followRedirects';
import { headersOf, judge, type Reply } from '../reply';
import { effectOf, optionsFor, type TenantRequest } from '../tenantRequest';

type Data = ICredentialDataDecryptedObject;

const CREDENTIAL = 'appspaceScimApi';
/** How long the items that follow do not try a token that was refused, in milliseconds. */
const REFUSAL_LASTS = 5_000;

/**
 * The SCIM service behind the credential of one run. Its token is static, so nothing is renewed; all else
 * is as with API v3: the gate, what is sent again, redirects, and what is told.
 */
export class ScimService {
	private readonly semaphore: Semaphore;
	private reading: Promise<Data> | undefined;
	private refusal: { failure: Failure; at: number } | undefined;

	/** @param atOnce the most requests that are under way at the same time */
	constructor(
		private readonly context: Context,
		atOnce: number,
	) {
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
		const secrets = await this.secrets();
		return await withRetries({
			effect,
			attempt: async () => await this.semaphore.run(() => this.attempt(request)),
			final: (failure) => new RequestFailed(withoutSecrets(failure, secrets), effect),
			isOver: request.isOver,
		});
	}

	private async attempt(request: TenantRequest): Promise<Attempt> {
		try {
			if (isCanceled(this.context) || request.isOver?.()) throw new RequestFailed(CANCELED);
			const { refusal } = this;
			if (refusal && Date.now() - refusal.at < REFUSAL_LASTS) {
				throw new RequestFailed(refusal.failure);
			}
			const { statusCode, body, headers } = await this.send(request);
			const failure = withScimType(judge(statusCode, body, request), body);
			if (statusCode === 401 && failure) this.refusal = { failure, at: Date.now() };
			if (failure) return { failure, headers };
			return { reply: { statusCode, headers, body: body === '' ? undefined : body } };
		} catch (error) {
			return { failure: sortError(error), headers: headersOf(error) };
		}
	}

	private async send(request: TenantRequest): Promise<Reply> {
		const data = await this.credential();
		const { baseUrl } = readScimInputs(data);
		const options = { ...optionsFor(request), headers: headersFor(request) };
		return await followRedirects({
			url: `${baseUrl}/${request.path}`,
			effect: effectOf(request),
			isAllowed: (url) => isBelow(baseUrl, url),
			call: async (url, isSentOn) =>
				await this.call(data, { ...options, url, ...(isSentOn && { qs: undefined }) }),
		});
	}

	private async call(data: Data, options: IHttpRequestOptions): Promise<Reply> {
		// Without a hook to run, a thrown 401 would only make n8n send the same once more.
		options.ignoreHttpStatusErrors = true;
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			CREDENTIAL,
			options,
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: { ...data } } },
		)) as Reply;
	}

	/** Read once a run: reading and decrypting it for each request costs more than the request. */
	private async credential(): Promise<Data> {
		return await (this.reading ??= this.context.getCredentials<Data>(CREDENTIAL));
	}

	private async secrets(): Promise<string[]> {
		const { scimToken } = await this.credential().catch((): Data => ({}));
		return typeof scimToken === 'string' && scimToken.trim() !== '' ? [scimToken.trim()] : [];
	}
}

function headersFor({ body, ifMatch }: TenantRequest): Record<string, string> {
	return {
		Accept: 'application/scim+json',
		...(body && { 'Content-Type': 'application/scim+json' }),
		...(ifMatch !== undefined && { 'If-Match': ifMatch }),
	};
}

/** The same with what a SCIM error says (RFC 7644 3.12); servers on the way have words of their own. */
function withScimType(failure: Failure | undefined, body: unknown): Failure | undefined {
	if (failure?.kind !== 'status') return failure;
	const [detail, scimType] = ['detail', 'scimType'].map((name) => attribute(body, name));
	return {
		...failure,
		serverMessage: typeof detail === 'string' ? detail : messageIn(body),
		...(typeof scimType === 'string' && { scimType }),
	};
}

/** A server that repeats a secret in its message must not bring it into a log. */
function withoutSecrets(failure: Failure, secrets: string[]): Failure {
	if (failure.kind !== 'status') return failure;
	return { ...failure, serverMessage: quotable(failure.serverMessage, secrets) };
}
