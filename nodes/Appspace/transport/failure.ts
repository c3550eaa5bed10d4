import type { IDataObject } from 'n8n-workflow';
import { retryAfter } from '../../../credentials/auth/retryAfter';
import type { Effect } from './effect';
import { messageIn } from './serverMessage';

/** Why a request did not bring what was asked for. */
export type Failure =
	| StatusFailure
	/** No answer, or half of one; `sent` is whether Appspace may have acted on it. */
	| { kind: 'network'; code: string; sent: boolean }
	/** No access token; the message is the credential's own. Nothing was sent. */
	| { kind: 'access'; message: string; temporary: boolean }
	/** An answer that is not the JSON that was asked for, or leads elsewhere; `garbled` ones may pass. */
	| { kind: 'answer'; message: string; garbled?: boolean }
	/** A value of the user's that cannot be used; `status` where Appspace was the one to say so. */
	| { kind: 'input'; message: string; description?: string; status?: number };

/** Appspace answered with a status that is not a success. */
export interface StatusFailure {
	kind: 'status';
	status: number;
	serverMessage: string;
	/** Where it was no host of the API. */
	host?: string;
	/** SCIM's word for what is wrong (RFC 7644 3.12). */
	scimType?: string;
	/** How long the answer asks to wait, in milliseconds. */
	retryAfter?: number;
	/** Where a redirect leads. */
	location?: string;
}

/** Carries a `Failure` up to where item and operation are known; users never see it as it is. */
export class RequestFailed extends Error {
	/**
	 * @param effect what the failed request would have done to the tenant
	 * @param line its method and path, such as `GET /api/v3/users/me`, where it is known
	 */
	constructor(
		readonly failure: Failure,
		readonly effect: Effect = 'read',
		readonly line?: string,
	) {
		super(failure.kind);
	}
}

/** A value that cannot be used: `message` says which and why, `description` what to do. */
export function badInput(message: string, description?: string): RequestFailed {
	return new RequestFailed({ kind: 'input', message, description });
}

/** A request that Appspace answered with a status that is not a success. */
export type Refusal = RequestFailed & { failure: StatusFailure };

/** What comes of `work`, or its refusal with one of these statuses; other failures are thrown on. */
export async function catchStatus<T>(
	work: Promise<T>,
	...statuses: number[]
): Promise<T | Refusal> {
	return await work.catch((error: unknown) => {
		if (isRefusal(error) && statuses.includes(error.failure.status)) return error;
		throw error;
	});
}

export function isRefusal(value: unknown): value is Refusal {
	return value instanceof RequestFailed && value.failure.kind === 'status';
}

/** n8n's own code for a request that the end of its execution cut off. */
export const CANCELED: Failure = { kind: 'network', code: 'ERR_CANCELED', sent: false };

/** Throws what was thrown while a request was made as a RequestFailed. */
export function fail(error: unknown): never {
	throw error instanceof RequestFailed ? error : new RequestFailed(sortError(error));
}

/** What was thrown while a request was made, sorted. */
export function sortError(error: unknown): Failure {
	if (error instanceof RequestFailed) return error.failure;
	const { cause, httpCode, message } = (error ?? {}) as {
		cause?: {
			name?: unknown;
			code?: unknown;
			message?: unknown;
			temporary?: unknown;
			response?: { data?: unknown; headers?: IDataObject };
		};
		httpCode?: unknown;
		message?: unknown;
	};
	if (cause?.name === 'AppspaceAccessError') {
		return {
			kind: 'access',
			message: String(cause.message),
			temporary: cause.temporary === true,
		};
	}
	if (httpCode === '401') {
		const { data, headers = {} } = cause?.response ?? {};
		const wait = retryAfter(headers);
		return { kind: 'status', status: 401, serverMessage: messageIn(data), retryAfter: wait };
	}
	const code = String(cause?.code ?? (error as { code?: unknown })?.code ?? '');
	if (code === '') return { kind: 'access', message: String(message), temporary: false };
	return { kind: 'network', code, sent: !NEVER_SENT.includes(code) };
}

/** With these, no connection came about, so Appspace cannot have acted. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** A certificate does not become valid by asking again. */
export function isSecurity(code: string): boolean {
	return /CERT|SSL|TLS|SELF_SIGNED|ALTNAME|EPROTO|UNABLE_TO/.test(code);
}
