import type { IDataObject } from 'n8n-workflow';

/** In characters, the extension included: file systems take about 255 bytes. */
const LONGEST_NAME = 200;
/** Control characters, and those that make a name look like another one. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * The name of a file in an answer: as Content-Disposition says, `filename*` before `filename` (RFC 6266
 * 4.3), else the one that its address gives. It is a name alone, without a folder.
 *
 * @returns also whether the answer itself names the file
 */
export function fileName(
	headers: IDataObject,
	inAddress: string,
): { name: string; isNamed: boolean } {
	const parameters = parametersIn(String(headers['content-disposition'] ?? ''));
	const names = [extended(parameters.get('filename*')), asUtf8(parameters.get('filename'))];
	const said = names.map((name) => clean(name ?? '')).find(Boolean);
	return { name: said ?? (clean(inAddress) || 'file'), isNamed: said !== undefined };
}

/** The last part of an address or path, decoded. */
export function nameInAddress(address: string): string {
	const [path = ''] = address.split(/[?#]/);
	const last = path.split('/').filter(Boolean).at(-1) ?? '';
	return decoded(last) ?? last;
}

function clean(name: string): string {
	const last = name.replace(UNSEEN, '').trim().split(/[\\/]/).filter(Boolean).at(-1) ?? '';
	// A name of nothing but dots is a folder.
	return /^\.*$/.test(last) ? '' : shortened(last);
}

function shortened(name: string): string {
	const characters = [...name];
	if (characters.length <= LONGEST_NAME) return name;
	const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
	return characters.slice(0, LONGEST_NAME - extension.length).join('') + extension;
}

/** The parameters behind the type, names in lower case; the first of a name counts. */
function parametersIn(header: string): Map<string, string> {
	const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs;
	const found = [...header.matchAll(pattern)].map(([, name = '', quoted, token = '']) => {
		// Browsers send `\` in a quoted name as it is; only before `"` and `\` it can be an escape.
		const value = quoted?.replace(/\\(["\\])/g, '$1') ?? token.trim();
		return [name.toLowerCase(), value] as const;
	});
	return new Map(found.reverse());
}

/** `UTF-8'en'na%C3%AFve.txt` (RFC 8187 3.2); undefined where it is not of this form. */
function extended(value = ''): string | undefined {
	const [, charset = '', text] = /^([\w-]+)'[^']*'(.*)$/s.exec(value) ?? [];
	if (text === undefined || /%(?![\da-f]{2})/i.test(text)) return undefined;
	const bytes = text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return inCharset(bytes, charset);
}

/** Headers come as ISO-8859-1; servers send names as UTF-8 all the same. */
function asUtf8(value: string | undefined): string | undefined {
	return value === undefined ? undefined : (inCharset(value, 'utf-8') ?? value);
}

/** Text whose characters are bytes, in its charset; undefined where it is not in that. */
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
