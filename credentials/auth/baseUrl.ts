const HOST_HINT =
	'Enter the address of your Appspace API, such as https://api.cloud.appspace.com or https://app1.cloud.appspace.com.';

/**
 * The origin of an Appspace API from what the user typed or pasted: a bare host, an address with trailing
 * slashes, an `/api/v3/...` address, or a console page on the same host.
 *
 * @returns scheme, host, and port, without a trailing slash
 * @throws Error with a message for the user. It never repeats the input, which may contain a secret.
 */
export function normalizeBaseUrl(typed: unknown): string {
	return safeAddress(typed, HOST_HINT).origin;
}

/**
 * Parses an address that was typed or pasted, and checks that secrets may be sent to it.
 *
 * @param hint a message that says which address to enter
 * @throws Error with a message for the user. It never repeats the input, which may contain a secret.
 */
export function safeAddress(typed: unknown, hint: string): URL {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw new Error(`The Base URL is empty. ${hint}`);

	const url = parse(withScheme(text));
	if (!url?.hostname) throw new Error(`The Base URL is not a web address. ${hint}`);
	if (url.username !== '' || url.password !== '') {
		throw new Error(
			'The Base URL contains a user name or password. Remove everything before the @.',
		);
	}
	if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) {
		return url;
	}
	throw new Error(
		'The Base URL must start with https://, so that no secret is sent unencrypted. ' +
			'Only addresses of this machine (127.0.0.1, localhost) may use http://.',
	);
}

/**
 * Whether a request to `url`, which may be relative to `base`, stays at `origin`. Parses an absolute URL
 * without the base, because with one, `https:/host/x` would be a path.
 */
export function isWithin(origin: string, url: string, base = origin): boolean {
	return (parse(url) ?? parse(url, base))?.origin === origin;
}

/** Whether an absolute URL is `base` or below it, by host and path. */
export function isBelow(base: string, address: string): boolean {
	const { origin, pathname } = new URL(base);
	const url = parse(address);
	return url?.origin === origin && `${url.pathname}/`.startsWith(`${pathname}/`);
}

function withScheme(text: string): string {
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
	// `host:4010/path` has no scheme, but `javascript:alert(1)` has one.
	if (/^[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))/i.test(text)) return text;
	return `https://${text.replace(/^\/+/, '')}`;
}

function parse(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
