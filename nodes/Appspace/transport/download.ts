import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { badInput, fail, messageIn, RequestFailed } from './failure';
import { discardBody, LONGEST_REFUSAL, openFile, type OpenFile } from './openFile';
import { MOST_REDIRECTS, redirectIn, REDIRECTED_FOR_EVER, TIMEOUT, type Reply } from './reply';
import { waitBeforeRetry } from './retry';
import type { Tenant } from './tenant';

/** Where files are fetched from, and how large they may be. */
export interface Source {
	context: IExecuteFunctions;
	tenant: Tenant;
	/** In bytes. */
	limit: number;
}

/** Hosts of Appspace that serve content (appspace-api.md 3.1). */
const CONTENT_HOSTS = /\.(appspace|appspaceusercontent)\.com$/;

/**
 * Opens the file at an address and hands it to `use`, anew where that can help. The access token goes to
 * the tenant's own origin and nowhere else; the content hosts of Appspace are asked without it, over
 * https; every other address is refused. This holds for each redirect as well.
 *
 * @param address may be relative to the tenant's origin
 * @throws RequestFailed
 */
export async function download<T>(
	source: Source,
	address: string,
	use: (file: OpenFile) => Promise<T>,
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const { value, error, headers } = await once(source, address, use);
		if (value) return value.is;
		const wait =
			error instanceof RequestFailed
				? waitBeforeRetry(error.failure, headers, 'read', attempt, Math.random())
				: undefined;
		const isCancelled = source.context.getExecutionCancelSignal()?.aborted === true;
		if (wait === undefined || isCancelled) throw error;
		await sleep(wait);
	}
}

interface Outcome<T> {
	value?: { is: T };
	error?: unknown;
	headers: IDataObject;
}

async function once<T>(
	source: Source,
	address: string,
	use: (file: OpenFile) => Promise<T>,
): Promise<Outcome<T>> {
	let reply: Reply | undefined;
	let file: OpenFile | undefined;
	try {
		const origin = await source.tenant.origin();
		const found = await follow(source, origin, placeOf(address, origin));
		reply = found.reply;
		await refuseFailure(source.tenant, found, origin);
		file = openFile(reply, found.url, source.limit);
		return { value: { is: await use(file) }, headers: reply.headers };
	} catch (error) {
		if (reply) discardBody(reply);
		// n8n does not always pass on as it is what made a stream fail.
		return { error: file?.failed ?? error, headers: reply?.headers ?? {} };
	}
}

interface Found {
	reply: Reply;
	url: URL;
}

async function follow({ context, tenant }: Source, origin: string, first: URL): Promise<Found> {
	let url = first;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const isTenant = url.origin === origin;
		const reply = await (isTenant ? tenant.open(url.href) : openUnsigned(context, url.href));
		const location = redirectIn(reply);
		if (location === undefined) return { reply, url };
		discardBody(reply);
		url = placeOf(location, origin, url.href);
	}
	throw new RequestFailed({ kind: 'answer', message: REDIRECTED_FOR_EVER });
}

/** With no credential within reach: nothing but the address goes out. */
async function openUnsigned(context: IExecuteFunctions, url: string): Promise<Reply> {
	const options: IHttpRequestOptions = {
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT,
		abortSignal: context.getExecutionCancelSignal(),
	};
	return (await context.helpers.httpRequest(options).catch(fail)) as Reply;
}

/**
 * An address from which a file may be fetched.
 *
 * @throws RequestFailed for every other; it names the host only, as the rest may hold a signature
 */
function placeOf(address: string, origin: string, base = origin): URL {
	const url = parsed(address, base);
	if (!url || url.username !== '' || url.password !== '') {
		throw badInput('The address that Appspace gives for the file cannot be used', WHERE_FROM);
	}
	if (url.origin === origin) return url;
	if (!CONTENT_HOSTS.test(url.hostname)) {
		const host = url.host || url.protocol;
		throw badInput(`The file is at "${host}", which is not a host of Appspace`, WHERE_FROM);
	}
	if (url.protocol === 'https:' && url.port === '') return url;
	throw badInput(
		`The file is at ${url.origin}, which is no secure address of Appspace`,
		WHERE_FROM,
	);
}

const WHERE_FROM =
	'Files are fetched from the Base URL of the credential, and without the access token from https://*.appspace.com and https://*.appspaceusercontent.com. For other addresses use the HTTP Request node, without the Appspace credential.';

function parsed(address: string, base: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

async function refuseFailure(tenant: Tenant, { reply, url }: Found, origin: string): Promise<void> {
	const { statusCode: status } = reply;
	if (status >= 200 && status <= 299) return;
	const read = async () => messageIn(await openFile(reply, url, LONGEST_REFUSAL).answer());
	const serverMessage = await read().catch(() => '');
	// What the API does not find is the record; elsewhere it is the file alone.
	const isRecord = url.origin === origin && (status !== 404 || url.pathname.startsWith('/api/'));
	const host = isRecord ? {} : { host: url.host };
	throw tenant.final({ kind: 'status', status, serverMessage, ...host }, 'read');
}
