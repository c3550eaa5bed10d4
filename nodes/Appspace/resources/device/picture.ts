import type { OpenFile } from '../../transport/file';

const PICTURE_NAME = /\.(png|jpe?g|gif|webp|bmp)$/i;

/** Whether an answer is the picture itself instead of JSON or text. */
export function isPicture({ mimeType = 'text' }: OpenFile): boolean {
	return !/json|text/.test(mimeType);
}

/**
 * The URL of a picture anywhere in an answer, because the shape is not public (appspace-api.md 5.4).
 * Returns the first URL with the extension of a picture, or else the first URL.
 */
export function pictureAddressIn(answer: unknown): string | undefined {
	const addresses = textsIn(answer).filter((text) => /^https?:\/\/\S+$/i.test(text));
	const isNamed = (address: string) => PICTURE_NAME.test(address.split(/[?#]/)[0] ?? '');
	return addresses.find(isNamed) ?? addresses[0];
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value.trim()];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
