import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Reply } from './reply';
import type { TenantRequest } from './tenantRequest';

/** A request on its way, with what the steps before have found out. */
export interface Outgoing extends TenantRequest {
	/** The whole address. */
	url?: string;
	/** The Base URL of the credential, checked: where it may be sent. */
	baseUrl?: string;
	/** What n8n signs the request with: a copy, whose token the credential's hook may renew. */
	credential?: ICredentialDataDecryptedObject;
	/** Whether n8n renews the token after a 401 and sends the request once more. */
	renewsOn401?: boolean;
}

/**
 * Sends a request.
 *
 * @returns a success; everything else is thrown
 * @throws RequestFailed
 */
export type Send = (request: Outgoing) => Promise<Reply>;

/** One concern of sending a request; `next` is everything behind it. */
export type Step = (request: Outgoing, next: Send) => Promise<Reply>;

/** Steps that wrap one another, the first outermost, around what sends the request in the end. */
export function pipeline(steps: Step[], last: Send): Send {
	return steps.reduceRight<Send>(
		(next, step) => async (request) => await step(request, next),
		last,
	);
}

/** A service behind a pipeline. */
export class Service {
	constructor(protected readonly send: Send) {}

	/**
	 * Sends a request, again where that is safe and can help.
	 *
	 * @returns the body of a successful answer; undefined when it is empty
	 * @throws RequestFailed
	 */
	async request(request: TenantRequest): Promise<unknown> {
		return (await this.reply(request)).body;
	}

	/** The same with status and headers. */
	async reply(request: TenantRequest): Promise<Reply> {
		return await this.send(request);
	}
}
