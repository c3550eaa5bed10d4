import { badInput, isRefusal, RequestFailed } from './failure';
import { nameInAddress } from './fileName';
import { followRedirects } from './followRedirects';
import { pipeline, type Send, type Step } from './pipeline';
import type { Reading } from './tenantRequest';

/** The steps of a download. */
export interface DownloadSteps {
	retries: Step;
	/** Sends with the access token, to the tenant's own origin. */
	signed: Send;
	/** Sends without a credential. */
	unsigned: Send;
	/** Whether the file is no longer needed. */
	isOver: () => boolean;
}

/** Appspace hosts that serve content (appspace-api.md 3.1). */
const CONTENT_HOSTS = /\.(appspace|appspaceusercontent)\.com$/;

/**
 * Downloads files. The access token goes only to the tenant's own origin. Appspace's content hosts get
 * requests without it, over HTTPS, and every other address is refused. The same applies to each redirect.
 */
export function downloadBy({ retries, signed, unsigned, isOver }: DownloadSteps) {
	/**
	 * @param address may be relative to the tenant's origin
	 * @returns the result of `reading`
	 * @throws RequestFailed
	 */
	return async <T>(
		origin: string,
		address: string,
		reading: Reading & { read: (...file: Parameters<Reading['read']>) => Promise<T> },
	): Promise<T> => {
		const fromItsHost: Send = async (request) => {
			const url = new URL(request.url ?? origin);
			const send = url.origin === origin ? signed : unsigned;
			const named = { ...request, reading: { ...reading, name: nameInAddress(url.href) } };
			return await send(named).catch((error: unknown) => {
				throw withHost(error, url, origin);
			});
		};
		const isAllowed = (url: string) => placeOf(url, origin) !== undefined;
		const send = pipeline([retries, followRedirects({ isAllowed })], fromItsHost);
		const reply = await send({ path: '', url: placeOf(address, origin).href, reading, isOver });
		return reply.body as T;
	};
}

/**
 * The URL for an address from which a file may be fetched.
 *
 * @throws RequestFailed for any other address; names only the host, because the rest may contain a
 * signature
 */
function placeOf(address: string, origin: string): URL {
	const url = parsed(address, origin);
	if (!url || url.username !== '' || url.password !== '') {
		throw badInput('The address that Appspace gives for the file cannot be used', WHERE_FROM);
	}
	if (url.origin === origin) return url;
	if (!CONTENT_HOSTS.test(url.hostname)) {
		const host = url.host || url.protocol;
		throw badInput(`The file is at "${host}", which is not an Appspace host`, WHERE_FROM);
	}
	if (url.protocol === 'https:' && url.port === '') return url;
	throw badInput(
		`The file is at ${url.origin}, which is not a secure Appspace address`,
		WHERE_FROM,
	);
}

const WHERE_FROM =
	'Files are fetched from the Base URL of the credential and, without the access token, from https://*.appspace.com and https://*.appspaceusercontent.com. For other addresses, use the HTTP Request node without the Appspace credential.';

function parsed(address: string, base: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

/** A 404 from the API is about the record; elsewhere it is only about the file. */
function withHost(error: unknown, url: URL, origin: string): unknown {
	if (!isRefusal(error)) return error;
	const { failure } = error;
	const isApi = url.origin === origin && url.pathname.startsWith('/api/');
	const isRecord = isApi || (url.origin === origin && failure.status !== 404);
	return isRecord ? error : new RequestFailed({ ...failure, host: url.host });
}
