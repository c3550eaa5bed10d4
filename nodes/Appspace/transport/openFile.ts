import { withIdleTimeout } from '../../../credentials/auth/deadline';
import { textOf } from './charset';
import { badInput, RequestFailed } from './failure';
import type { OpenFile, Stream } from './file';
import { fileName } from './fileName';
import { isPlainText, NO_CONTENT, NO_JSON, NOTHING, TIMEOUT, type Reply } from './reply';
import { wholeFile } from './wholeFile';

/** How much of a refusal to read, in bytes. A refusal for invalid input may list every field. */
export const MAX_REFUSAL = 1_000_000;
/** In bytes. */
export const MEGABYTE = 1_000_000;
/** The bytes that must arrive per `TIMEOUT` on average, so that a very slow download ends eventually. */
const MIN_PROGRESS = 3 * MEGABYTE;

/**
 * Opens the file in a reply whose body is a stream.
 *
 * @param limit in bytes, after decompression
 * @param inAddress the name in the address
 * @throws RequestFailed if the reply announces a larger file
 */
export function openFile(reply: Reply, limit: number, inAddress = 'answer'): OpenFile {
	if (Number(reply.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
	// Both streams may fail before n8n starts to read them.
	const body = (reply.body as Stream).on('error', () => undefined);
	const limits = { idle: TIMEOUT, whole: TIMEOUT * Math.max(2, limit / MIN_PROGRESS) };
	const counted = async function* () {
		try {
			for await (const piece of withIdleTimeout<Buffer>(body, limits)) {
				file.size += piece.length;
				if (file.size > limit) throw tooLarge(limit);
				yield piece;
			}
		} catch (error) {
			throw (file.failed ??= broken(error));
		}
	};
	const file: OpenFile = {
		...fileName(reply.headers, inAddress),
		status: reply.statusCode,
		mimeType: mimeTypeIn(reply),
		size: 0,
		content: () =>
			readableOf(body)
				.from(unaffected(wholeFile(file, counted())))
				.on('error', () => undefined),
		answer: async () => answerIn(await textIn(counted(), reply), reply.statusCode),
		text: async () => await textIn(counted(), reply),
	};
	return file;
}

/** The Readable class of Node.js, which every stream class provides; see no-restricted-imports in file.ts. */
function readableOf({ constructor }: Stream): { from(pieces: AsyncIterable<Buffer>): Stream } {
	return (constructor as unknown as { Readable: ReturnType<typeof readableOf> }).Readable;
}

/** Pieces whose reader may fail: a stream would throw the reader's error where the pieces come from. */
function unaffected<T>(pieces: AsyncGenerator<T>): AsyncIterable<T> {
	const next = async () => await pieces.next();
	const end = async () => await pieces.return(undefined);
	return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

/** The message for a file above the limit. */
export function tooLarge(limit: number): RequestFailed {
	return badInput(
		`The file is larger than ${limit / MEGABYTE} MB`,
		'Increase "Largest File (MB)" under Options, as far as the memory of n8n allows.',
	);
}

function broken(error: unknown): RequestFailed {
	if (error instanceof RequestFailed) return error;
	const { code = 'ECONNRESET' } = (error ?? {}) as { code?: string };
	return new RequestFailed({ kind: 'network', code, sent: true });
}

async function textIn(content: AsyncIterable<Buffer>, { headers }: Reply): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of content) pieces.push(piece);
	return textOf(Buffer.concat(pieces), String(headers['content-type'] ?? ''));
}

function answerIn(content: string, status: number): unknown {
	const text = content.trim();
	if (text === '' && status === NO_CONTENT) return undefined;
	if (text === '') throw new RequestFailed(NOTHING);
	try {
		return JSON.parse(text);
	} catch {
		return plain(text);
	}
}

function plain(text: string): string {
	if (isPlainText(text)) return text;
	throw new RequestFailed(NO_JSON);
}

function mimeTypeIn({ headers }: Reply): string | undefined {
	const [type = ''] = String(headers['content-type'] ?? '').split(';');
	return type.trim().toLowerCase() || undefined;
}
