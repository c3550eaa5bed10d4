import { empty, json, text, type Answer } from './answer.mts';
import type { Call } from './routes/endpoint.mts';
import { UNDOCUMENTED_REPLIES } from './settings.mts';

/**
 * An answer where the shape of the real one is not public (appspace-api.md, open question 12): drawn per
 * endpoint from the seed, so that nobody comes to rely on a form that was invented here.
 *
 * @param endpoint names the draw
 * @param content what the answer is about, in whichever shape
 * @param words the answer as text
 */
export function undocumentedReply(
	call: Pick<Call, 'settings' | 'seeded'>,
	endpoint: string,
	content: object,
	words = 'OK',
): Answer {
	const forced = call.settings.undocumentedReply;
	const shape = forced === 'drawn' ? call.seeded.fork(endpoint).pick(UNDOCUMENTED_REPLIES) : forced;
	switch (shape) {
		case 'object':
			return json(200, Array.isArray(content) ? { result: content } : content);
		case 'array':
			return json(200, Array.isArray(content) ? content : [content]);
		case 'items':
			return json(200, { items: Array.isArray(content) ? content : [content] });
		case 'text':
			return text(200, words);
		case 'empty':
			return empty(204);
	}
}
