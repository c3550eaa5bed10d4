/** Byte order marks that identify an encoding. Without one, the charset decides. */
const MARKS: Array<[mark: number[], charset: string]> = [
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];

/**
 * Decodes bytes by their byte order mark, otherwise by the charset in the content type, otherwise as UTF-8.
 *
 * @param contentType the Content-Type header, with its parameters
 */
export function textOf(bytes: Uint8Array, contentType = ''): string {
	const marked = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
	const [, named = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType) ?? [];
	return decoderFor(marked?.[1] ?? named).decode(bytes);
}

function decoderFor(charset: string): TextDecoder {
	try {
		return new TextDecoder(charset);
	} catch {
		// For an unknown charset, UTF-8 is the best guess.
		return new TextDecoder();
	}
}
