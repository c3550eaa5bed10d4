import { empty, json, text, type Answer } from './answer.mts';
import type { Call } from './routes/endpoint.mts';
import { UNDOCUMENTED_REPLIES } from './settings.mts';

/**
 * A response whose real form is not public (appspace-api.md, open question 12). The seed draws the form
 * per endpoint, so that no test can rely on an invented one.
 * @param endpoint names the draw
 * @param content the content of the response, in any form
 * @param words the response as text
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
