const HOST_HINT =
	'Enter the address of your Appspace API, such as https://api.cloud.appspace.com or https://app1.cloud.appspace.com.';

/**
 * The origin of an Appspace API, from whatever was typed or pasted: a bare host, trailing slashes,
 * an `/api/v3/...` address or a console page of the same host.
 *
 * @returns scheme, host and port, without a trailing slash
 * @throws Error with a sentence for the user, which never repeats what was typed: it may hold a secret
 */
export function normaliseBaseUrl(typed: unknown): string {
	const text = typeof typed === 'string' ? typed.trim() : '';
	if (text === '') throw new Error(`The Base URL is empty. ${HOST_HINT}`);

	const url = parse(withScheme(text));
	if (!url?.hostname) throw new Error(`The Base URL is not a web address. ${HOST_HINT}`);
	if (url.username !== '' || url.password !== '') {
		throw new Error(
			'The Base URL contains a user name or password. Remove everything before the @.',
		);
	}
	if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) {
		return url.origin;
	}
	throw new Error(
		'The Base URL has to start with https://, so that no secret travels unencrypted. ' +
			'Only addresses of this very machine (127.0.0.1, localhost) may use http://.',
	);
}

/** Whether a request to `url`, taken relative to `base`, stays at `origin`. */
export function isWithin(origin: string, url: string, base = origin): boolean {
	return parse(url, base)?.origin === origin;
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
