import type { BinaryHelperFunctions } from 'n8n-workflow';
import type { RequestFailed } from './failure';

/** A Node.js stream. n8n's lint rule no-restricted-imports forbids importing the class from node:stream. */
export type Stream = Exclude<Parameters<BinaryHelperFunctions['prepareBinaryData']>[0], Uint8Array>;

/** A file whose content has yet to arrive. It can be read once: as a stream or as a reply. */
export interface OpenFile {
	/** The name from the server, otherwise the last part of the address. */
	name: string;
	/** Whether the name came from the server. */
	isNamed: boolean;
	status: number;
	/** What the file must match. */
	expected?: ExpectedFile;
	/** The type from the server, without parameters: `image/png`. */
	mimeType?: string;
	/** The bytes received so far. */
	size: number;
	/** Why reading failed: the file is too large, or the connection broke or stalled. */
	failed?: RequestFailed;
	content(): Stream;
	/** The content as JSON, otherwise as text; undefined for a reply that is meant to be empty. */
	answer(): Promise<unknown>;
	/** The content as text of any kind, decoded by its charset. */
	text(): Promise<string>;
}

/** What is known about a file before it arrives. */
export interface ExpectedFile {
	/** The last part of the requested address. */
	name: string;
	/** The size that Appspace announced, in bytes; 0 if it announced none. */
	size: number;
}
