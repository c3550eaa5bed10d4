import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { ExecutionStopped, untilStopped, within } from '../../../credentials/auth/deadline';
import { cancelSignalOf, type Context } from './context';
import { effectOf } from './effect';
import { refuseInexact } from './exactNumbers';
import { fail, RequestFailed, sortError, type StatusFailure } from './failure';
import { MAX_REFUSAL, openFile } from './openFile';
import type { Outgoing, Send } from './pipeline';
import { flawIn, refusalIn, TIMEOUT, type Reply } from './reply';
import type { Reading } from './tenantRequest';

/**
 * How long n8n's helper may take, in milliseconds: until the reply is complete or, for a streamed reply,
 * until its headers arrive. This includes the time to renew a token. It is needed because n8n's own timeout
 * only measures silence, and a reply with status 101 never ends.
 */
const DEADLINE = 2 * TIMEOUT;

/** Calls n8n's helper with the signal that aborts the request. */
type Call = (options: IHttpRequestOptions, request: Outgoing) => Promise<unknown>;

export interface HelperOptions {
	/** Reads a refusal, if the usual way misses something. */
	readRefusal?: (reply: Reply) => StatusFailure | undefined;
}

/** Sends a request once. n8n signs it with the credential in the request. */
export function n8nHelper(
	context: Context,
	credentialType: string,
	options: HelperOptions = {},
): Send {
	return sendBy(context, options, async (helperOptions, { credential, renewsOn401 }) => {
		const data = { id: '', name: '', type: credentialType, data: credential };
		// n8n uses the signal of the execution instead of the one in the options.
		const own = Object.create(context) as IExecuteFunctions;
		own.getExecutionCancelSignal = () => helperOptions.abortSignal as AbortSignal;
		return await context.helpers.httpRequestWithAuthentication.call(
			own,
			credentialType,
			{
				...helperOptions,
				ignoreHttpStatusErrors: { ignore: true, except: renewsOn401 ? [401] : [] },
			},
			{ credentialsDecrypted: data },
		);
	});
}

/** Sends a request once, without access to any credential: nothing but the address is sent. */
export function unsignedHelper(context: Context): Send {
	const send = sendBy(context, {}, async (options) => {
		return await context.helpers.httpRequest({ ...options, ignoreHttpStatusErrors: true });
	});
	return async ({ url, reading }) => await send({ path: '', url, reading });
}

function sendBy(context: Context, { readRefusal = refusalIn }: HelperOptions, call: Call): Send {
	const cancel = cancelSignalOf(context);
	const send = async (request: Outgoing, signal: AbortSignal): Promise<Reply> => {
		const options = { ...optionsFor(request), abortSignal: signal };
		const answer = (await within(DEADLINE, call(options, request)).catch(fail)) as Reply;
		const { statusCode, headers } = answer;
		const body = request.reading ? await bodyOf(answer, request, request.reading) : answer.body;
		const reply = { statusCode, headers, body: body === '' ? undefined : body };
		const failure = readRefusal(reply) ?? flawIn(reply, request);
		if (failure) throw new RequestFailed(failure);
		return reply;
	};
	return async (request) =>
		// When this execution is stopped, a renewal that others wait for continues.
		await untilStopped(cancel, async (signal, close) => {
			const reply = await send(request, signal);
			// An unread stream, such as that of a 401 before the renewal, would stay open.
			if (request.reading) close();
			return reply;
		}).catch((error) => {
			throw error instanceof ExecutionStopped ? new RequestFailed(sortError(error)) : error;
		});
}

/**
 * The options for n8n's helper.
 *
 * @throws RequestFailed if the body contains a number that was rounded, whether from the user or from a
 * record read earlier
 */
function optionsFor(request: Outgoing): IHttpRequestOptions {
	const { url = '', method = 'GET', query, body, content, headers, reading } = request;
	refuseInexact(body);
	return {
		url,
		method,
		qs: query,
		body: content?.data ?? body,
		...(headers || content || reading ? { headers: headersFor(request) } : {}),
		...(reading ? { encoding: 'stream' } : { json: true }),
		timeout: TIMEOUT,
		disableFollowRedirect: true,
		returnFullResponse: true,
	};
}

/**
 * n8n's HTTP client accepts compressed content that ends too early. Without compression, the expected
 * length is known.
 */
const UNCOMPRESSED = { 'Accept-Encoding': 'identity' };

/** A Content-Type from the user takes precedence over that of the content. */
function headersFor({ headers, content, reading }: Outgoing): IDataObject {
	const isTyped = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
	return {
		...(reading && UNCOMPRESSED),
		...(content && !isTyped && { 'Content-Type': content.type }),
		...headers,
	};
}

/** For a success, the result of `read`; for a refusal, its text. */
async function bodyOf(
	answer: Reply,
	request: Outgoing,
	{ limit, name, read }: Reading,
): Promise<unknown> {
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode <= 399) return undefined;
	if (statusCode < 200 || statusCode > 399) {
		const refusal = async () => await openFile(answer, MAX_REFUSAL).answer();
		return await refusal().catch(() => undefined);
	}
	const readWhole = async () => {
		const file = openFile(answer, limit, name);
		return await read(file).catch((error: unknown) => {
			// n8n does not always pass on the error that ended a stream.
			throw file.failed ?? error;
		});
	};
	return await readWhole().catch((error: unknown) => {
		throw effectOf(request) === 'read' ? error : asCarriedOut(error);
	});
}

/** The failure to use the response to a write. Of the other kinds, the message already says so. */
function asCarriedOut(error: unknown): unknown {
	if (!(error instanceof RequestFailed) || error.failure.kind !== 'input') return error;
	return new RequestFailed({ ...error.failure, isCarriedOut: true });
}
