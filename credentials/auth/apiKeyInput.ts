/** Headers that n8n sets to frame or describe a request. */
const RESERVED = [
	...['accept', 'connection', 'content-length', 'content-type', 'expect', 'host', 'keep-alive'],
	...['te', 'trailer', 'transfer-encoding', 'upgrade'],
];

/**
 * Refuses a key that no header can carry.
 *
 * @throws Error with a message for the user
 */
export function checkKey(apiKey: string): void {
	if (/^[\x20-\x7e]+$/.test(apiKey)) return;
	throw new Error(
		'The API Key contains characters that no key has, such as a line break. Copy it from the Appspace console: Admin > Integrations > API Tokens.',
	);
}

/**
 * Refuses a name for the header with the key that no header can have, or that frames the request.
 *
 * @param name empty for the usual one
 * @throws Error with a message for the user
 */
export function checkKeyName(name: string): void {
	if (name !== '' && !/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name)) {
		throw new Error(
			'The "Header or Parameter Name" contains a character that no header name has, such as a space, a colon or a line break. Enter the name alone, such as X-Api-Key.',
		);
	}
	if (RESERVED.includes(name.toLowerCase()) || /^proxy-/i.test(name)) {
		throw new Error(
			`The "Header or Parameter Name" is ${name}, a header that n8n sets itself. Enter the name that Appspace expects, such as X-Api-Key.`,
		);
	}
}
