import type { BinaryHelperFunctions } from 'n8n-workflow';
import type { RequestFailed } from './failure';

/** A stream of Node, whose own module may not be imported here. */
export type Stream = Exclude<Parameters<BinaryHelperFunctions['prepareBinaryData']>[0], Uint8Array>;

/** A file whose content is still to come. It is read once: as a stream, or as an answer. */
export interface OpenFile {
	/** As the server says, else the last part of its address. */
	name: string;
	/** Whether the server said it. */
	isNamed: boolean;
	status: number;
	/** What it has to be like. */
	expected?: ExpectedFile;
	/** As the server says, without its parameters: `image/png`. */
	mimeType?: string;
	/** Bytes that came in so far. */
	size: number;
	/** Why reading it failed: the limit is passed, or the connection broke or stalled. */
	failed?: RequestFailed;
	content(): Stream;
	/** The content as JSON, else as text; undefined where there is none on purpose. */
	answer(): Promise<unknown>;
	/** The content as text, whatever it is, by its charset. */
	text(): Promise<string>;
}

/** What is known of a file before it comes. */
export interface ExpectedFile {
	/** The last part of the address at which it was asked for. */
	name: string;
	/** In bytes, as Appspace announced it; 0 where it did not. */
	size: number;
}
