import type { Call } from '../../runtime/operation';
import type { AnyRecord } from '../../transport/page';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';

/** A content of the library by the ID that an item names. */
export async function readContent(call: Call): Promise<AnyRecord> {
	return await call.record({ path: path`libraries/contents/${call.id('contentId')}` });
}

/** Where its file is. */
export function addressOf(content: AnyRecord): string {
	const { contentURL } = content;
	if (typeof contentURL === 'string' && contentURL.trim() !== '') return contentURL.trim();
	throw badInput(
		'Appspace gives no address for the file of this content',
		'Look at the content in the Appspace console: it may still be processed.',
	);
}
