import type { IDataObject } from 'n8n-workflow';
import { badInput } from './failure';

/** Headers that sign or frame the request, which is up to the credential and n8n. */
const RESERVED = [
	...['authorization', 'connection', 'content-length', 'cookie', 'expect', 'host', 'keep-alive'],
	...['te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent'],
];

/** Whether users may set a header of this name. */
export function isSettableHeader(name: string): boolean {
	const lower = name.toLowerCase();
	return isToken(name) && !RESERVED.includes(lower) && !/^(proxy|sec)-/.test(lower);
}

/**
 * The headers that a user wants to send, each once, ignoring case.
 *
 * @throws RequestFailed for an invalid name or value, and for reserved names
 */
export function requestHeaders(pairs: Array<[name: string, value: string]>): IDataObject {
	const byName = new Map<string, [string, string]>();
	for (const [name, value] of pairs) {
		if (!isToken(name)) {
			throw badInput(
				'The name of a header contains an invalid character',
				'Use letters, digits, and hyphens, such as X-Request-Id.',
			);
		}
		if (!isSettableHeader(name)) {
			throw badInput(
				`The header "${name}" cannot be set`,
				'The credential signs the request, and n8n sends it. Remove the header.',
			);
		}
		if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
			throw badInput(
				`The value of the header "${name}" contains an invalid character`,
				'Remove line breaks and anything else that is not plain text.',
			);
		}
		byName.set(name.toLowerCase(), [name, value]);
	}
	return Object.fromEntries(byName.values());
}

/** Whether text is valid in a `Content-Type` header. */
export function isMediaType(text: unknown): text is string {
	return typeof text === 'string' && /^[\w.+*-]+\/[\w.+*-]+(;[\x20-\x7e]*)?$/.test(text);
}

function isToken(name: string): boolean {
	return /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,200}$/.test(name) && name !== '__proto__';
}
