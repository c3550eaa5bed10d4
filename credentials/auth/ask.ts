import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { untilStopped, within } from './deadline';
import { retryAfter } from './retryAfter';

/** A reply to a request of the credential itself, with any status. */
export interface Answer {
	status: number;
	/** Parsed JSON, otherwise text. */
	body: unknown;
	headers: IDataObject;
	/** Whether an earlier attempt got no reply, so that Appspace may have acted on it. */
	followsLostAnswer: boolean;
}

/** Access to Appspace for one renewal. */
export interface Client {
	helpers: IHttpRequestHelper['helpers'];
	/** The time limit for the whole renewal, in milliseconds of `performance.now()`. */
	until: number;
}

/** A failure to get access. n8n wraps it, and the transport recognizes it by its name. */
export class AccessError extends Error {
	override name = 'AppspaceAccessError';

	/** @param temporary whether another attempt may succeed in a few seconds */
	constructor(
		message: string,
		readonly temporary = false,
	) {
		super(message);
	}
}

/** The longest duration of a request, from its start to the last byte of the reply, in milliseconds. */
const TIMEOUT = 30_000;
/** The longest duration of a renewal with all of its requests, in milliseconds. */
export const RENEWAL_LIMIT = 2 * TIMEOUT;
/**
 * Waits before the next attempts, in milliseconds. No other layer retries these requests, because each
 * attempt carries the secret.
 */
const WAITS = { afterAnswer: [500, 1_500, 3_000], afterDrop: [300, 1_000, 1_500, 2_500] };
/** The longest wait that a server may ask for and still get another attempt, in milliseconds. */
const MAX_WAIT = 5_000;

/**
 * Sends one request of the credential itself. It does not follow redirects, because the secret must not
 * follow them. It retries up to four times after a dropped connection, three times after 408, 425, 429, and 5xx,
 * and once after a reply that is not JSON, which may be the page of a proxy.
 *
 * @throws AccessError if no reply arrives
 */
export async function ask(client: Client, options: IHttpRequestOptions): Promise<Answer> {
	let followsLostAnswer = false;
	for (let attempt = 0; ; attempt++) {
		const outcome = await send(client, options);
		const wait = waitBeforeRetry(outcome, attempt);
		if (wait === undefined || performance.now() + wait >= client.until) {
			if ('answer' in outcome) return { ...outcome.answer, followsLostAnswer };
			throw new AccessError(networkMessage(outcome.error), wasDropped(outcome.error));
		}
		followsLostAnswer ||= !('answer' in outcome);
		await sleep(wait);
	}
}

/** The error for a status that says nothing about the credential. */
export function statusError({ status, headers }: Pick<Answer, 'status' | 'headers'>): AccessError {
	const isSoon = (retryAfter(headers) ?? 0) <= MAX_WAIT;
	return new AccessError(statusMessage(status), mayRecover(status) && isSoon);
}

/** Whether a reply is a web page or incomplete, which Appspace would never send. */
export function isGarbled({ status, body }: Pick<Answer, 'status' | 'body'>): boolean {
	return status >= 200 && status <= 299 && typeof body === 'string' && body.trim() !== '';
}

export const NOT_APPSPACE =
	'The address of the Base URL answers, but not as an Appspace API does. ' +
	'Check the Base URL: the API of the public cloud is https://api.cloud.appspace.com; a private one has its own host.';

function statusMessage(status: number): string {
	if (status === 429) {
		return 'Appspace asks for fewer requests and does not grant access right now. Try again in a minute.';
	}
	if (mayRecover(status)) {
		return `Appspace answered with status ${status} when asked for access. Try again later. The credential was not checked.`;
	}
	if (status >= 300 && status <= 399) {
		return 'The address of the Base URL redirects to another address, and secrets do not follow redirects. Enter the final address of the Appspace API.';
	}
	return NOT_APPSPACE;
}

/** These messages contain no error codes, because n8n replaces messages that do. */
function networkMessage(error: unknown): string {
	const code = networkCode(error);
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return 'The host of the Base URL cannot be found. Check its spelling, and whether n8n can reach the internet.';
	}
	if (isTimeout(code)) {
		return 'The host of the Base URL does not answer in time. Check the address, and whether a firewall blocks the way from n8n to Appspace.';
	}
	if (/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|EPROTO|UNABLE_TO/.test(code)) {
		return 'No secure connection to the host of the Base URL: n8n rejects its certificate, or it does not use HTTPS. Check the address and the certificate.';
	}
	return 'No connection to the host of the Base URL. Check the address, and whether Appspace and the network are up.';
}

type Outcome = { answer: Omit<Answer, 'followsLostAnswer'> } | { error: unknown };

async function send({ helpers, until }: Client, options: IHttpRequestOptions): Promise<Outcome> {
	const limit = Math.min(TIMEOUT, Math.max(1, until - performance.now()));
	const request = async (abortSignal: AbortSignal) =>
		(await helpers.httpRequest({
			...options,
			json: true,
			// This timeout covers silence only, so that n8n names the cause. A reply that trickles in or
			// switches protocols never ends.
			timeout: limit,
			abortSignal,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as { statusCode: number; body: unknown; headers?: IDataObject };
	try {
		// n8n gives the hook no signal for a stopped execution, because others may wait for this renewal
		// too.
		const response = await untilStopped(
			undefined,
			async (signal) => await within(limit, request(signal)),
		);
		const { statusCode, body, headers = {} } = response;
		return { answer: { status: statusCode, body, headers } };
	} catch (error) {
		return { error };
	}
}

function waitBeforeRetry(outcome: Outcome, attempt: number): number | undefined {
	if ('error' in outcome) {
		return wasDropped(outcome.error) ? WAITS.afterDrop[attempt] : undefined;
	}
	const { answer } = outcome;
	const wait = WAITS.afterAnswer[attempt];
	if (wait === undefined) return undefined;
	if (isGarbled(answer)) return attempt === 0 ? wait : undefined;
	const asked = retryAfter(answer.headers) ?? 0;
	return mayRecover(answer.status) && asked <= MAX_WAIT ? Math.max(asked, wait) : undefined;
}

function mayRecover(status: number): boolean {
	return status >= 500 || [408, 425, 429].includes(status);
}

function networkCode(error: unknown): string {
	const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
	return String(code ?? cause?.code ?? '').toUpperCase();
}

function isTimeout(code: string): boolean {
	return /TIMEDOUT|ECONNABORTED|ERR_CANCELED/.test(code);
}

function wasDropped(error: unknown): boolean {
	return ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ERR_BAD_RESPONSE', 'EAI_AGAIN'].includes(
		networkCode(error),
	);
}
