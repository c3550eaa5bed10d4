import { empty, html, Refusal, type Answer } from './answer.mts';
import type { Settings } from './settings.mts';
import type { Tenant } from './tenant.mts';

/** A one-pixel picture. */
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
 * A library file of the length that its record states. A card also has its settings in `model.json`, next
 * to its `index.html` (appspace-api.md 5.2). Refuses with 404.
 */
export function contentFile(
	tenant: Tenant,
	id: string,
	file: string,
	settings: Pick<Settings, 'contentAnswer' | 'contentName'>,
): Answer {
	const answer = wholeFile(tenant, id, file);
	const { body, headers } = answer;
	switch (settings.contentAnswer) {
		case 'page':
			return html(200, '<!DOCTYPE html><title>Sign in</title><input type="password">');
		case 'nothing':
			return empty(204);
		case 'half':
			return { ...answer, body: body.slice(0, Math.floor(body.length / 2)) as Buffer };
		case 'file':
			return { ...answer, headers: { ...headers, ...disposition(file, settings.contentName) } };
	}
}

/** The name of a file, plain or encoded as in RFC 8187, the latter next to a different plain name. */
function disposition(file: string, form: Settings['contentName']): Record<string, string> {
	if (form === 'none') return {};
	const plain = `attachment; filename="${form === 'plain' ? `named ${file}` : 'plain.bin'}"`;
	const encoded = `; filename*=UTF-8''${encodeURIComponent(`benannt für ${file}`)}`;
	return { 'content-disposition': form === 'plain' ? plain : plain + encoded };
}

function wholeFile(tenant: Tenant, id: string, file: string): Answer {
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

/** A screen capture. */
export function picture(): Answer {
	return { status: 200, headers: { 'content-type': 'image/png' }, body: PIXEL };
}

/** Viewers ignore whatever follows a picture or a page, so padding reaches `length` safely. */
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
