import type { Call } from '../../runtime/operation';
import type { AnyRecord } from '../../transport/page';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';

/** The content that an item names by ID. */
export async function readContent(call: Call): Promise<AnyRecord> {
	return await call.record({ path: path`libraries/contents/${call.id('contentId')}` });
}

/** The URL of the file of a content. Throws RequestFailed if there is none. */
export function addressOf(content: AnyRecord): string {
	const { contentURL } = content;
	if (typeof contentURL === 'string' && contentURL.trim() !== '') return contentURL.trim();
	throw badInput(
		'Appspace did not return a URL for the file of this content',
		'Check the content in the Appspace console. It may still be processing.',
	);
}
