import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Reply } from './reply';
import type { TenantRequest } from './tenantRequest';

/** A request in progress, with what earlier steps added. */
export interface Outgoing extends TenantRequest {
	/** The complete URL. */
	url?: string;
	/** The validated Base URL of the credential, which limits where the request may go. */
	baseUrl?: string;
	/** The credential that signs the request: a copy whose token the hook may renew. */
	credential?: ICredentialDataDecryptedObject;
	/** Whether n8n renews the token after a 401 and repeats the request. */
	renewsOn401?: boolean;
	/** When the first attempt began, in milliseconds of `performance.now()`. Only a retry has it. */
	firstAttemptAt?: number;
}

/**
 * Sends a request.
 *
 * @returns a successful reply; anything else is thrown
 * @throws RequestFailed
 */
export type Send = (request: Outgoing) => Promise<Reply>;

/** A step of sending a request. `next` is the rest of the pipeline. */
export type Step = (request: Outgoing, next: Send) => Promise<Reply>;

/** Nests the steps, the first one outermost, around the function that finally sends the request. */
export function pipeline(steps: Step[], last: Send): Send {
	return steps.reduceRight<Send>(
		(next, step) => async (request) => await step(request, next),
		last,
	);
}

/** A service behind a pipeline. */
export class Service {
	/** Whether no reply is needed anymore. Requests that wait are then not sent, and none is retried. */
	isOver = false;

	constructor(
		protected readonly send: Send,
		private readonly limiter: { readonly width: number },
	) {}

	/** How many requests of the service may be in progress now. */
	get width(): number {
		return this.limiter.width;
	}

	/**
	 * Sends a request, and retries if that is safe and can help.
	 *
	 * @returns the body of a successful reply; undefined if it is empty
	 * @throws RequestFailed
	 */
	async request(request: TenantRequest): Promise<unknown> {
		return (await this.reply(request)).body;
	}

	/** Like `request`, with the status and headers. */
	async reply(request: TenantRequest): Promise<Reply> {
		const isOver = () => this.isOver || request.isOver?.() === true;
		return await this.send({ ...request, isOver });
	}
}
