import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { ExecutionStopped, untilStopped, within } from '../../../credentials/auth/deadline';
import { cancelSignalOf, type Context } from './context';
import { refuseInexact } from './exactNumbers';
import { fail, RequestFailed, sortError, type StatusFailure } from './failure';
import { LONGEST_REFUSAL, openFile } from './openFile';
import type { Outgoing, Send } from './pipeline';
import { flawIn, refusalIn, TIMEOUT, type Reply } from './reply';
import type { Reading } from './tenantRequest';

/**
 * The longest that n8n's helper may take, in milliseconds: until the whole answer is there, or the head of
 * one that is read as it comes in. It is enough for a renewal of the token on the way. n8n's own limit is
 * for silence, and an answer with status 101 never ends by itself.
 */
const DEADLINE = 2 * TIMEOUT;

/** Calls n8n's helper with the signal that ends the request. */
type Call = (options: IHttpRequestOptions, request: Outgoing) => Promise<unknown>;

export interface HelperOptions {
	/** What an answer says that is not a success, where it says more than the usual. */
	readRefusal?: (reply: Reply) => StatusFailure | undefined;
}

/** Sends a request once, signed by n8n with the credential that the request brings along. */
export function n8nHelper(
	context: Context,
	credentialType: string,
	options: HelperOptions = {},
): Send {
	return sendBy(context, options, async (helperOptions, { credential, renewsOn401 }) => {
		const data = { id: '', name: '', type: credentialType, data: credential };
		// n8n takes the signal of the execution instead of the one in the options.
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

/** Sends a request once, with no credential within reach: nothing but the address goes out. */
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
		const body = request.reading ? await bodyOf(answer, request.reading) : answer.body;
		const reply = { statusCode, headers, body: body === '' ? undefined : body };
		const failure = readRefusal(reply) ?? flawIn(reply, request);
		if (failure) throw new RequestFailed(failure);
		return reply;
	};
	return async (request) =>
		// A renewal that others wait for as well goes on when this execution is stopped.
		await untilStopped(cancel, async (signal, close) => {
			const reply = await send(request, signal);
			// What was not read of a stream, such as that of a 401 before the renewal, would stay open.
			if (request.reading) close();
			return reply;
		}).catch((error) => {
			throw error instanceof ExecutionStopped ? new RequestFailed(sortError(error)) : error;
		});
}

/**
 * What n8n's helper has to know.
 *
 * @throws RequestFailed for a body with a number that was rounded, be it the user's or that of a record
 * read before
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

/** n8n's HTTP client takes compressed content that ends too early for the whole; without, the end is known. */
const UNCOMPRESSED = { 'Accept-Encoding': 'identity' };

/** A type that the user named goes before that of the content. */
function headersFor({ headers, content, reading }: Outgoing): IDataObject {
	const isTyped = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
	return {
		...(reading && UNCOMPRESSED),
		...(content && !isTyped && { 'Content-Type': content.type }),
		...headers,
	};
}

/** What is read of a success: what the caller makes of it. Of a refusal: its words. */
async function bodyOf(answer: Reply, { limit, name, read }: Reading): Promise<unknown> {
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode <= 399) return undefined;
	if (statusCode < 200 || statusCode > 399) {
		const words = async () => await openFile(answer, LONGEST_REFUSAL).answer();
		return await words().catch(() => undefined);
	}
	const file = openFile(answer, limit, name);
	// n8n does not always pass on as it is what made a stream fail.
	return await read(file).catch((error: unknown) => {
		throw file.failed ?? error;
	});
}
