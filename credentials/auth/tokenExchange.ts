import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { decodeJwt } from 'jose';

/** What one request to the tenant came back with; every status is an answer, only the network throws. */
export interface Answer {
	status: number;
	body: unknown;
	headers: IDataObject;
}

export interface ExchangedToken {
	accessToken: string;
	/** Present when the answer carries one; it may be the one that was sent. */
	refreshToken?: string;
	/** Milliseconds; absent when neither `expiresIn` nor the token itself tells. */
	lifetime?: number;
}

/** A failure to get access. n8n wraps it, and transport knows it again by its name. */
export class AccessError extends Error {
	override name = 'AppspaceAccessError';

	/** @param temporary whether the same may succeed in a few seconds */
	constructor(
		message: string,
		readonly temporary = false,
	) {
		super(message);
	}
}

/** Appspace was reached and said no to what was presented. */
export class AccessRefused extends AccessError {}

const EXCHANGE_PATH = '/api/v3/authorization/token';
const TIMEOUT = 30_000;
const RETRY_WAITS = [300, 1_000];
const LONGEST_WAIT = 5_000;

/**
 * One request of the credential itself: no redirects (the secret must not follow them), a time
 * limit, and up to two more attempts on a dropped connection, 429 and 5xx.
 *
 * @throws Error with a message for the user when no answer comes
 */
export async function ask(
	helpers: IHttpRequestHelper['helpers'],
	options: IHttpRequestOptions,
): Promise<Answer> {
	for (let attempt = 0; ; attempt++) {
		const wait = RETRY_WAITS[attempt];
		const { answer, error } = await send(helpers, options);
		if (answer) {
			const asked = retryAfter(answer) ?? 0;
			if (wait === undefined || !mayRecover(answer.status) || asked > LONGEST_WAIT) return answer;
			await sleep(Math.max(asked, wait));
		} else {
			if (wait === undefined || !wasDropped(error)) {
				throw new AccessError(networkSentence(error), wasDropped(error));
			}
			await sleep(wait);
		}
	}
}

/**
 * Exchanges a refresh token (or, as a guess, an API key) for an access token:
 * `POST /api/v3/authorization/token` (appspace-api.md 2.1).
 *
 * @throws Error with a message for the user; it never contains what was sent or received
 */
export async function exchangeToken(
	helpers: IHttpRequestHelper['helpers'],
	baseUrl: string,
	grant: IDataObject,
): Promise<ExchangedToken> {
	const answer = await ask(helpers, {
		method: 'POST',
		url: baseUrl + EXCHANGE_PATH,
		body: { subjectType: 'Application', ...grant },
	});
	if ([400, 401, 403, 404, 405].includes(answer.status))
		throw new AccessRefused(refusalSentence(answer.status));
	if (answer.status < 200 || answer.status > 299) throw statusError(answer);
	return readExchange(answer.body);
}

/**
 * The token in an answer of the token endpoint. `expiresIn` may be a number or numeric text
 * (appspace-api.md 2.1); else the lifetime is `exp - iat` of the token, both by the server's clock.
 */
export function readExchange(body: unknown): ExchangedToken {
	const { accessToken, refreshToken, expiresIn } = (body ?? {}) as IDataObject;
	if (typeof accessToken !== 'string' || accessToken === '') {
		// A proxy on the way may have put its own page in between.
		throw new AccessError(NOT_APPSPACE, true);
	}
	return {
		accessToken,
		refreshToken:
			typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
		lifetime: seconds(expiresIn) ?? lifetimeInside(accessToken),
	};
}

export const NOT_APPSPACE =
	'The address of the Base URL answers, but not as an Appspace API does. ' +
	'Check the Base URL: the API of the public cloud is https://api.cloud.appspace.com; a private one has its own host.';

/** The error for an answer that says nothing about the credential. */
export function statusError(answer: Answer): AccessError {
	const isWorthWaiting = (retryAfter(answer) ?? 0) <= LONGEST_WAIT;
	return new AccessError(
		refusalSentence(answer.status),
		mayRecover(answer.status) && isWorthWaiting,
	);
}

function mayRecover(status: number): boolean {
	return status >= 500 || [408, 425, 429].includes(status);
}

/** A message for a token endpoint that says no. */
export function refusalSentence(status: number): string {
	if (status === 400 || status === 401 || status === 403) {
		return (
			'Appspace refuses the SubjectId and RefreshToken: they are wrong, revoked, or belong to another Appspace host. ' +
			'Copy both again from Admin > Integrations > API Tokens, and check that the Base URL is of the same instance.'
		);
	}
	if (status === 429) {
		return 'Appspace asks for fewer requests and gives no access now. Try again in a minute.';
	}
	if (mayRecover(status)) {
		return `Appspace answers with status ${status} when asked for access. Try again later; the credential was not judged.`;
	}
	if (status >= 300 && status < 400) {
		return 'The address of the Base URL sends callers on to another address, which is not followed with secrets. Enter the final address of the Appspace API.';
	}
	return NOT_APPSPACE;
}

/** A message for a request that got no answer; n8n replaces texts that contain error codes by its own. */
export function networkSentence(error: unknown): string {
	const code = networkCode(error);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return 'The host of the Base URL cannot be found. Check its spelling and that n8n can reach the internet.';
	}
	if (/TIMEDOUT|ECONNABORTED/.test(code)) {
		return 'The host of the Base URL does not answer in time. Check the address and that no firewall stands between n8n and Appspace.';
	}
	if (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|EPROTO|UNABLE_TO/.test(code)) {
		return 'No secure connection to the host of the Base URL: its certificate is not valid for n8n, or it does not speak HTTPS. Check the address, or have the certificate mended.';
	}
	return 'No connection to the host of the Base URL. Check the address, and that Appspace and the network are up.';
}

async function send(
	helpers: IHttpRequestHelper['helpers'],
	options: IHttpRequestOptions,
): Promise<{ answer?: Answer; error?: unknown }> {
	try {
		const response = (await helpers.httpRequest({
			...options,
			json: true,
			timeout: TIMEOUT,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as { statusCode: number; body: unknown; headers: IDataObject };
		const { statusCode, body, headers } = response;
		return { answer: { status: statusCode, body, headers } };
	} catch (error) {
		return { error };
	}
}

function seconds(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number > 0
		? number * 1_000
		: undefined;
}

function lifetimeInside(jwt: string): number | undefined {
	try {
		const { iat, exp } = decodeJwt(jwt);
		return iat === undefined || exp === undefined ? undefined : seconds(exp - iat);
	} catch {
		return undefined;
	}
}

/** Milliseconds; a date is not understood here, as it may come from a clock that is wrong. */
function retryAfter({ headers }: Answer): number | undefined {
	return seconds(headers?.['retry-after']);
}

function networkCode(error: unknown): string {
	const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
	return String(code ?? cause?.code ?? '').toUpperCase();
}

function wasDropped(error: unknown): boolean {
	return ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ERR_BAD_RESPONSE', 'EAI_AGAIN'].includes(
		networkCode(error),
	);
}
