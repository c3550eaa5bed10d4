import type { IDataObject } from 'n8n-workflow';
import { badInput } from './failure';

/** They sign or frame the request, which is for the credential and for n8n to do. */
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
 * Headers that a user wants to send, each once, whatever its case.
 *
 * @throws RequestFailed for a name or a value that no header can have, and for reserved names
 */
export function requestHeaders(pairs: Array<[name: string, value: string]>): IDataObject {
	const byName = new Map<string, [string, string]>();
	for (const [name, value] of pairs) {
		if (!isToken(name)) {
			throw badInput(
				'The name of a header holds a character that none may have',
				'Use letters, digits and hyphens, such as X-Request-Id.',
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
				`The value of the header "${name}" holds a character that none may have`,
				'Remove line breaks and everything that is no plain text.',
			);
		}
		byName.set(name.toLowerCase(), [name, value]);
	}
	return Object.fromEntries(byName.values());
}

/** Whether a text can stand in a `Content-Type` header. */
export function isMediaType(text: unknown): text is string {
	return typeof text === 'string' && /^[\w.+*-]+\/[\w.+*-]+(;[\x20-\x7e]*)?$/.test(text);
}

function isToken(name: string): boolean {
	return /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,200}$/.test(name) && name !== '__proto__';
}
