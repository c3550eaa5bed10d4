import { RequestFailed } from './failure';
import type { OpenFile } from './file';

/** Statuses of replies without a complete file. */
const NO_FILE = [204, 205, 206];
/** Files that may be web pages. In the API, only `docs/` is one (appspace-api.md 3.1). */
const PAGE_NAME = /^docs$|\.x?html?$/i;

/**
 * Passes on the chunks of a file, and fails if it is not a file or is incomplete. Stores the failure in
 * `file.failed`.
 */
export async function* wholeFile(
	file: OpenFile,
	pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	refuse(file, flawAtFirst(file));
	yield* pieces;
	refuse(file, flawAtLast(file));
}

/** A note if the size of a complete file differs from what Appspace announced. */
export function sizeNote({ name, size, expected }: OpenFile): string | undefined {
	if (!expected || expected.size === 0 || expected.size === size) return undefined;
	return `The file ${name} has ${size} bytes, and Appspace announced ${expected.size}.`;
}

function flawAtFirst(file: OpenFile): string | undefined {
	if (NO_FILE.includes(file.status)) {
		return `Appspace answered with status ${file.status} and without a complete file.`;
	}
	return isPage(file) && !mayBePage(file)
		? 'Appspace answered with a web page instead of the file. It may be a sign-in page.'
		: undefined;
}

function flawAtLast(file: OpenFile): string | undefined {
	const { size, expected } = file;
	if (!expected) return undefined;
	if (size === 0) return 'Appspace answered with an empty file.';
	// The size that Appspace reports for a card is not documented and may cover all of its files.
	return size < expected.size && !isPage(file)
		? `The file is incomplete: it has ${size} bytes, but Appspace announced ${expected.size}.`
		: undefined;
}

function refuse(file: OpenFile, message: string | undefined): void {
	if (message === undefined) return;
	file.failed = new RequestFailed({ kind: 'answer', garbled: true, message });
	throw file.failed;
}

function isPage({ mimeType = '' }: OpenFile): boolean {
	return /html/.test(mimeType);
}

/** A sign-in page may arrive directly or by a redirect, but never with a file name. */
function mayBePage({ name, isNamed, expected }: OpenFile): boolean {
	return isNamed || (PAGE_NAME.test(name) && PAGE_NAME.test(expected?.name ?? name));
}
