import type { IHttpRequestOptions } from 'n8n-workflow';
import { isBelow, safeAddress } from './baseUrl';

/** The default path of the SCIM service (appspace-api.md 2.4). */
const DEFAULT_PATH = '/identity/scim';
const ADDRESS_HINT =
	'Copy the address from the Appspace console: Users > Settings > User Provisioning.';

/** The inputs of a SCIM credential, validated and trimmed. */
export interface ScimInputs {
	/** Host and path, without a trailing slash. */
	baseUrl: string;
	scimToken: string;
}

/**
 * The address of a SCIM service from what the user typed or pasted. Keeps the address that the console
 * shows, and adds `/identity/scim` to a bare host.
 *
 * @throws Error with a message for the user that never repeats the input
 */
export function normalizeScimUrl(typed: unknown): string {
	const { origin, pathname } = safeAddress(typed, ADDRESS_HINT);
	return origin + (withoutSlashesAtEnd(pathname) || DEFAULT_PATH);
}

/**
 * Validates the inputs of a SCIM credential before anything is sent.
 *
 * @throws Error with a message that names the field and where to find its value
 */
export function readScimInputs(data: Record<string, unknown>): ScimInputs {
	const baseUrl = normalizeScimUrl(data.baseUrl);
	const typed = typeof data.scimToken === 'string' ? data.scimToken.trim() : '';
	const scimToken = typed.replace(/^Bearer\s+/i, '');
	if (scimToken === '') throw new Error(`The SCIM Token is empty. ${TOKEN_HINT}`);
	if (!/^[!-~]+$/.test(scimToken)) {
		throw new Error(`The SCIM Token contains invalid characters. ${TOKEN_HINT}`);
	}
	return { baseUrl, scimToken };
}

/**
 * Adds the Authorization header. The token goes only to addresses below the Base URL, so redirects are not
 * followed.
 *
 * @throws Error with a message for the user if the request is for another address
 */
export function authorizeScim(
	data: Record<string, unknown>,
	request: IHttpRequestOptions & { uri?: string },
): IHttpRequestOptions {
	const { baseUrl, scimToken } = readScimInputs(data);
	if (request.baseURL !== undefined) {
		// Join the URL here, so that what is checked is what is sent.
		request.url = joined(normalizeScimUrl(request.baseURL), request.url);
		delete request.baseURL;
	}
	if (!isBelow(baseUrl, request.url ?? request.uri ?? '')) {
		throw new Error(
			'This Appspace SCIM credential is only for addresses below its Base URL, and the request goes elsewhere. ' +
				'For API v3, use the Appspace API credential.',
		);
	}
	request.sendCredentialsOnCrossOriginRedirect = false;
	request.maxRedirects = 0;
	request.headers = { ...request.headers, Authorization: `Bearer ${scimToken}` };
	return request;
}

const TOKEN_HINT =
	'Generate one in the Appspace console under Users > Settings > User Provisioning, and copy it.';

/** A loop, because a regular expression takes minutes for an address full of slashes. */
function withoutSlashesAtEnd(path: string): string {
	let end = path.length;
	while (path[end - 1] === '/') end--;
	return path.slice(0, end);
}

function joined(base: string, address: string): string {
	return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)
		? address
		: `${base}/${address.replace(/^\/+/, '')}`;
}
