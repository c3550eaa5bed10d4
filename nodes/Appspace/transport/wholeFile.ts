import { RequestFailed } from './failure';
import type { OpenFile } from './file';

/** Nothing, nothing, and a part of it. */
const NO_FILE = [204, 205, 206];
/** Files that may be web pages; of the API, `docs/` alone is one (appspace-api.md 3.1). */
const PAGE_NAME = /^docs$|\.x?html?$/i;

/**
 * The pieces of a file, and a failure where it is none, or not whole. What fails is kept in `file.failed`.
 */
export async function* wholeFile(
	file: OpenFile,
	pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
	refuse(file, flawAtFirst(file));
	yield* pieces;
	refuse(file, flawAtLast(file));
}

/** Whether a file that came in its own right has another size than Appspace announced. */
export function sizeNote({ name, size, expected }: OpenFile): string | undefined {
	if (!expected || expected.size === 0 || expected.size === size) return undefined;
	return `The file ${name} has ${size} bytes, and Appspace announced ${expected.size}.`;
}

function flawAtFirst(file: OpenFile): string | undefined {
	if (NO_FILE.includes(file.status)) {
		return `Appspace answered without a whole file, with status ${file.status}.`;
	}
	return isPage(file) && !mayBePage(file)
		? 'Appspace answered with a web page instead of the file. It may be a page to sign in.'
		: undefined;
}

function flawAtLast(file: OpenFile): string | undefined {
	const { size, expected } = file;
	if (!expected) return undefined;
	if (size === 0) return 'Appspace answered with an empty file.';
	// What Appspace calls the size of a card is not public, and may be that of all its files.
	return size < expected.size && !isPage(file)
		? `The file is not whole: it has ${size} bytes, and Appspace announced ${expected.size}.`
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

/** A sign-in page may come at once or by a redirect, and never with a name for a file. */
function mayBePage({ name, isNamed, expected }: OpenFile): boolean {
	return isNamed || (PAGE_NAME.test(name) && PAGE_NAME.test(expected?.name ?? name));
}
