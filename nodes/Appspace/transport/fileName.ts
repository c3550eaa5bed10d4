import type { IDataObject } from 'n8n-workflow';

/** In characters, including the extension. File systems allow about 255 bytes. */
const MAX_LENGTH = 200;
/** Control characters, and characters that can disguise a name. */
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * The name of a file in a reply: from Content-Disposition, with `filename*` before `filename` (RFC 6266
 * 4.3), otherwise from its address. Never includes a folder.
 *
 * @returns the name, and whether the reply itself contains it
 */
export function fileName(
	headers: IDataObject,
	inAddress: string,
): { name: string; isNamed: boolean } {
	const parameters = parametersIn(String(headers['content-disposition'] ?? ''));
	const names = [extended(parameters.get('filename*')), asUtf8(parameters.get('filename'))];
	const fromHeader = names.map((name) => clean(name ?? '')).find(Boolean);
	return { name: fromHeader ?? (clean(inAddress) || 'file'), isNamed: fromHeader !== undefined };
}

/** The last part of an address or path, decoded. */
export function nameInAddress(address: string): string {
	const [path = ''] = address.split(/[?#]/);
	const last = path.split('/').filter(Boolean).at(-1) ?? '';
	return decoded(last) ?? last;
}

function clean(name: string): string {
	const last = name.replace(INVISIBLE, '').trim().split(/[\\/]/).filter(Boolean).at(-1) ?? '';
	// A name that consists only of dots is a folder.
	return /^\.*$/.test(last) ? '' : shortened(last);
}

function shortened(name: string): string {
	const characters = [...name];
	if (characters.length <= MAX_LENGTH) return name;
	const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
	return characters.slice(0, MAX_LENGTH - extension.length).join('') + extension;
}

/** The parameters of the header, names in lower case. If a name occurs twice, the first one counts. */
function parametersIn(header: string): Map<string, string> {
	const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs;
	const found = [...header.matchAll(pattern)].map(([, name = '', quoted, token = '']) => {
		// Browsers do not escape `\` in a quoted name, so it is an escape only before `"` and `\`.
		const value = quoted?.replace(/\\(["\\])/g, '$1') ?? token.trim();
		return [name.toLowerCase(), value] as const;
	});
	return new Map(found.reverse());
}

/** A value such as `UTF-8'en'na%C3%AFve.txt` (RFC 8187 3.2); undefined if it has another form. */
function extended(value = ''): string | undefined {
	const [, charset = '', text] = /^([\w-]+)'[^']*'(.*)$/s.exec(value) ?? [];
	if (text === undefined || /%(?![\da-f]{2})/i.test(text)) return undefined;
	const bytes = text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return inCharset(bytes, charset);
}

/** Headers arrive as ISO-8859-1, but servers often send names in UTF-8. */
function asUtf8(value: string | undefined): string | undefined {
	return value === undefined ? undefined : (inCharset(value, 'utf-8') ?? value);
}

/** Decodes text whose characters are bytes; undefined if the charset does not fit. */
function inCharset(bytes: string, charset: string): string | undefined {
	if (/[^\0-\xff]/.test(bytes)) return undefined;
	try {
		const decoder = new TextDecoder(charset, { fatal: true });
		return decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
	} catch {
		return undefined;
	}
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
