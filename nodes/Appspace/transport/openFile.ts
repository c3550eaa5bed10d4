import { withIdleTimeout } from '../../../credentials/auth/deadline';
import { textOf } from './charset';
import { badInput, RequestFailed } from './failure';
import type { OpenFile, Stream } from './file';
import { fileName } from './fileName';
import { isPlainText, NO_CONTENT, NO_JSON, NOTHING, TIMEOUT, type Reply } from './reply';
import { wholeFile } from './wholeFile';

/** As much of a refusal is read as may hold its reason, in bytes: one of validation lists every field. */
export const LONGEST_REFUSAL = 1_000_000;
/** In bytes. */
export const MEGABYTE = 1_000_000;
/** So much has to come in each `TIMEOUT` on average, in bytes; a file that drips is given up in the end. */
const LEAST = 3 * MEGABYTE;

/**
 * The file in an answer whose body is a stream.
 *
 * @param limit in bytes, after decompression
 * @param inAddress the name that its address gives
 * @throws RequestFailed when the answer announces more than that
 */
export function openFile(reply: Reply, limit: number, inAddress = 'answer'): OpenFile {
	if (Number(reply.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
	// Both streams may fail before n8n, which first makes room for the file, begins to read.
	const body = (reply.body as Stream).on('error', () => undefined);
	const limits = { idle: TIMEOUT, whole: TIMEOUT * Math.max(2, limit / LEAST) };
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
				.from(wholeFile(file, counted()))
				.on('error', () => undefined),
		answer: async () => answerIn(await textIn(counted(), reply), reply.statusCode),
		text: async () => await textIn(counted(), reply),
	};
	return file;
}

/** Node's class of streams that can be read: every class of streams leads to it. */
function readableOf({ constructor }: Stream): { from(pieces: AsyncIterable<Buffer>): Stream } {
	return (constructor as unknown as { Readable: ReturnType<typeof readableOf> }).Readable;
}

/** A refusal that says where the limit is raised. */
export function tooLarge(limit: number): RequestFailed {
	return badInput(
		`The file is larger than ${limit / MEGABYTE} MB`,
		'Raise "Largest File (MB)" under Options, as far as the memory of n8n allows.',
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
