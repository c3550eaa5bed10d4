import { badInput } from './failure';

/**
 * A path below `/api/v3/`, with each value encoded as one segment: ``
 * path`channeldirectory/${id}/publishto` ``.
 *
 * @throws RequestFailed for a value that cannot be a segment (`.`, `..`, empty)
 */
export function path(words: TemplateStringsArray, ...values: string[]): string {
	return words.reduce((built, word, index) => built + segment(values[index - 1] ?? '') + word);
}

function segment(value: string): string {
	const id = value.trim();
	if (id === '' || id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
		throw badInput(
			`"${id}" is not an ID`,
			'Use the ID of a record, such as 8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60.',
		);
	}
	return encodeURIComponent(id);
}
