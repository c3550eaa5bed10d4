/** Headers that n8n sets to frame or describe a request. */
const RESERVED = [
	...['accept', 'connection', 'content-length', 'content-type', 'expect', 'host', 'keep-alive'],
	...['te', 'trailer', 'transfer-encoding', 'upgrade'],
];

/**
 * Refuses a key that is invalid in a header.
 *
 * @throws Error with a message for the user
 */
export function checkKey(apiKey: string): void {
	if (/^[\x20-\x7e]+$/.test(apiKey)) return;
	throw new Error(
		'The API Key contains invalid characters, such as a line break. Copy it from the Appspace console: Admin > Integrations > API Tokens.',
	);
}

/**
 * Refuses a header name that is invalid or that frames the request.
 *
 * @param name empty for the default
 * @throws Error with a message for the user
 */
export function checkKeyName(name: string): void {
	if (name !== '' && !/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name)) {
		throw new Error(
			'The "Header or Parameter Name" contains a character that is not allowed in a header name, such as a space, a colon, or a line break. Enter only the name, such as X-Api-Key.',
		);
	}
	if (RESERVED.includes(name.toLowerCase()) || /^proxy-/i.test(name)) {
		throw new Error(
			`The "Header or Parameter Name" is ${name}, a header that n8n sets itself. Enter the name that Appspace expects, such as X-Api-Key.`,
		);
	}
}
