import type { IDataObject } from 'n8n-workflow';
import { retryAfter } from '../../../credentials/auth/retryAfter';
import type { Effect } from './effect';
import { messageIn } from './serverMessage';

/** Why a request failed. */
export type Failure =
	| StatusFailure
	/** No reply or an incomplete one; `sent` tells whether Appspace may have acted on the request. */
	| { kind: 'network'; code: string; sent: boolean }
	/** No access token; the message comes from the credential. Nothing was sent. */
	| { kind: 'access'; message: string; temporary: boolean }
	/**
	 * A reply that is not the expected JSON, or a redirect that is not followed; a `garbled` reply may be
	 * temporary.
	 */
	| { kind: 'answer'; message: string; garbled?: boolean }
	/**
	 * Something that the user has to change; `status` if Appspace rejected it. If Appspace has already
	 * carried out the request, only its response cannot be used.
	 */
	| {
			kind: 'input';
			message: string;
			description?: string;
			status?: number;
			isCarriedOut?: boolean;
	  };

/** Appspace answered with a status other than success. */
export interface StatusFailure {
	kind: 'status';
	status: number;
	serverMessage: string;
	/** The host, if it is not the API. */
	host?: string;
	/** The keyword of a SCIM error (RFC 7644 3.12). */
	scimType?: string;
	/** How long the reply asks to wait, in milliseconds. */
	retryAfter?: number;
	/**
	 * Whether other requests of the run were answered meanwhile, so that the limiter, which holds this
	 * request as well, sets the pace of the next attempt.
	 */
	isPaced?: boolean;
	/** The target of a redirect. */
	location?: string;
}

/** Carries a `Failure` up to the code that knows the item and the operation. Users never see it directly. */
export class RequestFailed extends Error {
	/**
	 * @param effect what the failed request would have changed in the tenant
	 * @param line its method and path, such as `GET /api/v3/users/me`, if known
	 */
	constructor(
		readonly failure: Failure,
		readonly effect: Effect = 'read',
		readonly line?: string,
	) {
		super(failure.kind);
	}
}

/** A value that cannot be used. `message` says which and why, `description` what to do. */
export function badInput(message: string, description?: string): RequestFailed {
	return new RequestFailed({ kind: 'input', message, description });
}

/** A request that Appspace answered with a status other than success. */
export type Refusal = RequestFailed & { failure: StatusFailure };

/** The result of `work`, or its refusal if the status is one of these. Throws other failures. */
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

/** The code that n8n uses for a request that was canceled with its execution. */
export const CANCELED: Failure = { kind: 'network', code: 'ERR_CANCELED', sent: false };

/** Rethrows an error from a request as a RequestFailed. */
export function fail(error: unknown): never {
	throw error instanceof RequestFailed ? error : new RequestFailed(sortError(error));
}

/** Classifies an error that was thrown by a request. */
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
	// OpenSSL's codes outside TLS: n8n could not decrypt the credential, and its message says so.
	if (code === '' || code.startsWith('ERR_OSSL_'))
		return { kind: 'access', message: String(message), temporary: false };
	return { kind: 'network', code, sent: !NEVER_SENT.includes(code) };
}

/** With these codes no connection was made, so Appspace cannot have acted. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether Appspace did not act on the request: it was rejected unread, or there was no connection. */
export function wasTurnedAway(failure: Failure): boolean {
	if (failure.kind === 'network') return failure.code === 'ECONNREFUSED';
	if (failure.kind !== 'status') return false;
	return failure.status === 429 || (failure.status === 503 && failure.retryAfter !== undefined);
}

/** Whether the code is about a certificate, which a retry does not make valid. */
export function isSecurity(code: string): boolean {
	return /CERT|SSL|TLS|SELF_SIGNED|ALTNAME|EPROTO|UNABLE_TO/.test(code);
}
