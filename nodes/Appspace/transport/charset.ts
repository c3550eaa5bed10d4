/** Marks at the beginning of a text that tell its encoding; UTF-8 is what is taken without. */
const MARKS: Array<[mark: number[], charset: string]> = [
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];

/**
 * Bytes as text: in the encoding that they are marked with, else in the charset of the type, else in UTF-8.
 *
 * @param contentType as the server says, with its parameters
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
		// A charset that nobody knows; most texts are UTF-8.
		return new TextDecoder();
	}
}
