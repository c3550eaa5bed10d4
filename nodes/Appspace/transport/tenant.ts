import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readInputs } from '../../../credentials/auth/accessToken';
import { isWithin } from '../../../credentials/auth/baseUrl';
import { cancelSignalOf, type Context } from './context';
import { downloadBy } from './download';
import { fail } from './failure';
import { followRedirects } from './followRedirects';
import { HeldCredential, withHeldCredential } from './heldCredential';
import { AdaptiveLimiter, withLimit } from './limiter';
import { n8nHelper, unsignedHelper } from './n8nHelper';
import type { OpenFile } from './file';
import { pipeline, Service } from './pipeline';
import { redactAnswers } from './redaction';
import { lineOf } from './tenantRequest';
import { Refusals, withRetries } from './withRetries';

const CREDENTIAL = 'appspaceApi';

/**
 * The Appspace tenant behind the credential of one run. All requests to Appspace go through the steps
 * listed here: retries, concurrency, token, and redirects.
 */
export class Tenant extends Service {
	private readonly held: HeldCredential;
	private readonly downloadFrom: ReturnType<typeof downloadBy>;

	/** @param most the most requests in progress at the same time */
	constructor(context: Context, most?: number) {
		const limiter = new AdaptiveLimiter(most);
		const cancel = cancelSignalOf(context);
		const held = new HeldCredential(
			async () => await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL),
		);
		const refusals = new Refusals(({ kind }) => kind === 'access');
		const secrets = () => held.secrets();
		const signed = [withLimit(limiter, cancel), refusals.check, withHeldCredential(held, cancel)];
		const helper = n8nHelper(context, CREDENTIAL);
		super(
			pipeline(
				[
					redactAnswers(() => held.tokens()),
					withRetries({ cancel, refusals, secrets, lineOf }),
					...signed,
					followRedirects({ isAllowed: (url, { baseUrl = '' }) => isWithin(baseUrl, url) }),
				],
				helper,
			),
			limiter,
		);
		this.held = held;
		this.downloadFrom = downloadBy({
			retries: withRetries({ cancel, refusals, secrets }),
			signed: pipeline(signed, helper),
			unsigned: unsignedHelper(context),
			isOver: () => this.isOver,
		});
	}

	/**
	 * The origin to which the token may go.
	 *
	 * @throws RequestFailed
	 */
	async origin(): Promise<string> {
		return await this.held
			.copy()
			.then((copy) => readInputs(copy).baseUrl)
			.catch(fail);
	}

	/**
	 * Opens the file at an address and passes it to `use`. Retries if that can help.
	 *
	 * @param address may be relative to the tenant's origin
	 * @param limit in bytes
	 * @throws RequestFailed
	 */
	async download<T>(
		address: string,
		limit: number,
		use: (file: OpenFile) => Promise<T>,
	): Promise<T> {
		return await this.downloadFrom(await this.origin(), address, { limit, read: use });
	}
}
