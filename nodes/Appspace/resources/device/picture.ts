import type { OpenFile } from '../../transport/file';

const PICTURE_NAME = /\.(png|jpe?g|gif|webp|bmp)$/i;

/** Whether an answer is the picture itself, and not something to read. */
export function isPicture({ mimeType = 'text' }: OpenFile): boolean {
	return !/json|text/.test(mimeType);
}

/**
 * The address of a picture anywhere in an answer, whatever the field is called: the shape is not public
 * (appspace-api.md 5.4). Of several, the first that ends like the name of a picture, else the first.
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
