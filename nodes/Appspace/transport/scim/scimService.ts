import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isBelow } from '../../../../credentials/auth/baseUrl';
import { readScimInputs } from '../../../../credentials/auth/scim';
import { cancelSignalOf, type Context } from '../context';
import { fail, type StatusFailure } from '../failure';
import { followRedirects } from '../followRedirects';
import { AdaptiveLimiter, withLimit } from '../limiter';
import { n8nHelper } from '../n8nHelper';
import { pipeline, Service, type Step } from '../pipeline';
import { refusalIn, type Reply } from '../reply';
import type { TenantRequest } from '../tenantRequest';
import { Refusals, withRetries } from '../withRetries';
import { attribute } from './attributes';

type Data = ICredentialDataDecryptedObject;

const CREDENTIAL = 'appspaceScimApi';

/**
 * The SCIM service behind the credential of one run. It has the steps of `Tenant`, except for the token,
 * which is static: nothing is renewed, and a 401 is final.
 */
export class ScimService extends Service {
	private readonly token: StaticToken;

	/** @param most the most requests in progress at the same time */
	constructor(context: Context, most?: number) {
		const limiter = new AdaptiveLimiter(most);
		const cancel = cancelSignalOf(context);
		const refusals = new Refusals((failure) => failure.kind === 'status' && failure.status === 401);
		const token = new StaticToken(async () => await context.getCredentials<Data>(CREDENTIAL));
		super(
			pipeline(
				[
					withRetries({ cancel, refusals, secrets: () => token.secrets }),
					withLimit(limiter, cancel),
					refusals.check,
					token.sign,
					followRedirects({ isAllowed: (url, { baseUrl = '' }) => isBelow(baseUrl, url) }),
				],
				n8nHelper(context, CREDENTIAL, { readRefusal: scimRefusalIn }),
			),
			limiter,
		);
		this.token = token;
	}

	/**
	 * The address below which its paths are.
	 *
	 * @throws RequestFailed
	 */
	async origin(): Promise<string> {
		return (await this.token.inputs().catch(fail)).baseUrl;
	}

	override async reply(request: TenantRequest): Promise<Reply> {
		return await super.reply({ ...request, headers: headersFor(request) });
	}
}

/**
 * The credential, read once per run, because reading and decrypting it for each request would cost more
 * than the request.
 */
class StaticToken {
	secrets: string[] = [];
	private reading: Promise<Data> | undefined;

	constructor(private readonly read: () => Promise<Data>) {}

	/** Sets the URL of a request, and the credential that signs it. */
	readonly sign: Step = async (request, next) => {
		const { credential, baseUrl } = await this.inputs().catch(fail);
		return await next({ ...request, url: `${baseUrl}/${request.path}`, baseUrl, credential });
	};

	async inputs() {
		const data = await (this.reading ??= this.read());
		const { baseUrl, scimToken } = readScimInputs(data);
		this.secrets = [scimToken];
		return { baseUrl, credential: { ...data } };
	}
}

function headersFor({ body, ifMatch }: TenantRequest): Record<string, string> {
	return {
		Accept: 'application/scim+json',
		...(body && { 'Content-Type': 'application/scim+json' }),
		...(ifMatch !== undefined && { 'If-Match': ifMatch }),
	};
}

/** Adds the details of a SCIM error (RFC 7644 3.12). Servers in between use their own formats. */
function scimRefusalIn(reply: Reply): StatusFailure | undefined {
	const refusal = refusalIn(reply);
	const scimType = attribute(reply.body, 'scimType');
	return refusal && { ...refusal, ...(typeof scimType === 'string' && { scimType }) };
}
