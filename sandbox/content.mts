import { Refusal, type Answer } from './answer.mts';
import type { Tenant } from './tenant.mts';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

const MEDIA_TYPES: Record<string, string> = {
	png: 'image/png',
	mp4: 'video/mp4',
	html: 'text/html',
	json: 'application/json',
};

/**
 * A file of the library, as long as its record says. A card also has its settings in `model.json`, beside
 * its `index.html` (appspace-api.md 5.2). Refuses with 404.
 */
export function contentFile(tenant: Tenant, id: string, file: string): Answer {
	if (file === 'capture.png' && tenant.devices.some((device) => device.id === id)) return picture();
	const content = tenant.contents[id];
	const ownFile = content?.contentURL.split('/').at(-1);
	const type = MEDIA_TYPES[file.split('.').at(-1) ?? ''];
	const isThere =
		file === ownFile ||
		file === 'thumbnail.png' ||
		(file === 'model.json' && ownFile === 'index.html');
	if (!content || !type || !isThere) throw new Refusal(404, 'The file was not found.');
	const length = file === ownFile ? Number(content.size) : 0;
	return { status: 200, headers: { 'content-type': type }, body: bytes(file, id, length) };
}

/** What a screen shows. */
export function picture(): Answer {
	return { status: 200, headers: { 'content-type': 'image/png' }, body: PIXEL };
}

/** Whatever follows a picture or a page is ignored by those who show it, so it pads them to `length`. */
function bytes(file: string, id: string, length: number): Buffer {
	const heads: Record<string, Buffer> = {
		'model.json': Buffer.from(JSON.stringify({ inputs: [{ name: 'title', value: `Card ${id}` }] })),
		'index.html': Buffer.from(`<!DOCTYPE html><title>Card</title><p>Card ${id}</p>`),
		'content.mp4': Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
	};
	const head = heads[file] ?? PIXEL;
	const padding = Math.max(0, length - head.length);
	return Buffer.concat([head, Buffer.alloc(padding, file.endsWith('.html') ? ' ' : 0)]);
}
