import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';
import type { OpenFile } from '../transport/file';
import type { AnyRecord } from '../transport/page';
import type { FetchPage } from '../transport/pages';
import type { Reply } from '../transport/reply';
import type { Effect } from '../transport/effect';
import type { TenantRequest } from '../transport/tenantRequest';

/** How well public sources support what an operation does (appspace-api.md, Grades). */
export type Grade = 'DOCUMENTED' | 'OBSERVED' | 'OBSERVED-weak' | 'INFERRED';

export interface Evidence {
	grade: Grade;
	/** Tags of the sources, as in appspace-api.md 9. */
	sources: string;
	/** Set if no source shows the reply: it is then returned unchanged, without an output schema. */
	reply?: 'unknown';
}

/** An operation of a resource: what the user sees, and the requests to Appspace. */
export interface Operation {
	value: string;
	name: string;
	action: string;
	description: string;
	effect: Effect;
	/** The effect for one item, if it depends on a parameter. `effect` is then the most serious one. */
	effectOn?: (call: Pick<Call, 'text'>) => Effect;
	/** The user chooses the request, so messages name its method and path. */
	namesRequest?: boolean;
	/** The endpoints that it uses, written as in appspace-api.md 4. */
	endpoints: string[];
	evidence: Evidence;
	fields?: INodeProperties[];
	/** Lists records: adds Return All, Limit, and Page Size, which `call.list` applies. */
	isList?: boolean;
	/** How many records to request at once unless the user chooses; 100 by default. */
	pageSize?: number;
	/** Adds Simplify. Returns a flat version of a record with at most ten fields. */
	simplify?: (record: AnyRecord) => IDataObject;
	/** Carries it out for one item. */
	run?(call: Call): Promise<Output | Output[]>;
	/** Instead of `run`: carries it out once, for all items together. */
	runAll?(run: WholeRun): Promise<Result[]>;
}

/** A run of an operation over all items. */
export interface WholeRun {
	/** A call for each item, in order. */
	calls: Call[];
	/** Why there may be more items than these: an agent or a loop passes them one at a time. */
	part?: 'tool' | 'loop';
	/** Whether to go on with the other records after one has failed (On Error). */
	goesOn: boolean;
	/** Runs `work` for 0 to `count - 1`, as many at once as the user allows; see `mapConcurrent`. */
	each<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]>;
}

/** One output of a run over all items, and the items that it comes from. */
export interface Result {
	json: IDataObject;
	items: number[];
	/** The name of the record, for messages. */
	called?: string;
	/** Why this record failed, if it did. */
	failure?: unknown;
}

/** Why a run over all items stopped at a record. */
export class RecordFailed extends Error {
	constructor(
		readonly record: Pick<Result, 'items' | 'called'>,
		readonly failure: unknown,
	) {
		super('A record failed.');
	}
}

export type Output = IDataObject | RecordWithFile;

/** A record with a file, which n8n stores as binary data. */
export class RecordWithFile {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

export interface Resource {
	value: string;
	name: string;
	description: string;
	/** The role that the service user needs, if public sources name one (appspace-api.md 2.1). */
	role?: string;
	/** The only credential that it uses; `appspaceApi` by default. */
	credential?: 'appspaceApi' | 'appspaceScimApi';
	/** The feature that the tenant needs, as a sentence for messages. */
	dependsOn?: string;
	operations: Operation[];
}

export interface ListRequest {
	query?: IDataObject;
	/** Checks each record again, because the server may ignore filters. */
	matches?: (record: AnyRecord) => boolean;
	/** Reads page by page until the first match. */
	first?: boolean;
	/** Returns every record regardless of Limit, for a list that only serves to look something up. */
	all?: boolean;
	/** Throws if the list may lack records, for decisions that depend on what is missing from it. */
	whole?: boolean;
	/** Sends a POST request, with the page in the body. */
	body?: IDataObject;
	/** Fetches pages that need more than a path. */
	fetch?: FetchPage;
}

/** What an operation can do: read the parameters of its item, and send requests to the tenant. */
export interface Call {
	/** The ID in a resource locator. */
	id(parameter: string): string;
	/** The distinct IDs in a list, in comma-separated text, or in a resource locator. */
	ids(parameter: string): string[];
	/** Like `ids`, for a list that replaces another: throws if the expression of an entry finds nothing. */
	wholeIds(parameter: string): string[];
	/** Trimmed text; empty if the parameter is empty. */
	text(parameter: string): string;
	/** The filled-in fields of a collection such as `filters`, with locators reduced to IDs. */
	collection(parameter: string): IDataObject;
	/** Like `collection`, for standalone parameters. */
	values(...parameters: string[]): IDataObject;
	/** The IANA name of the workflow's time zone. */
	zone(): string;
	request(request: TenantRequest): Promise<unknown>;
	/** Like `request`, with the status and headers. */
	reply(request: TenantRequest): Promise<Reply>;
	/** Sends a request that must return one record. */
	record(request: TenantRequest): Promise<AnyRecord>;
	/** The records of a list, within Return All and Limit. */
	list(path: string, request?: ListRequest): Promise<AnyRecord[]>;
	/** Shows the user a hint next to the output. */
	hint(text: string): void;
	/**
	 * Opens a file from Appspace for `use`, up to the size that the user allows (`largestFileOption`); see
	 * transport/download.ts. `address` may be relative to the tenant's origin; `size` is the size that
	 * Appspace announced, in bytes.
	 */
	download<T>(address: string, use: (file: OpenFile) => Promise<T>, size?: number): Promise<T>;
	/** The file in this field of the item. */
	inputFile(field: string): Promise<{ data: Uint8Array; mimeType: string }>;
	/** The largest file that the user allows (`largestFileOption`), in bytes. */
	largestFile(): number;
	/** The output field for a file (`fileFields`). */
	outputField(): string;
	/** The record with its name, type, and size, and with the file in the output field (`fileFields`). */
	attach(file: OpenFile, record: IDataObject): Promise<RecordWithFile>;
	/**
	 * Runs `work` while nothing else in this process reads and then writes the same records, named by their
	 * paths. See `Turns.take` for nested calls.
	 */
	runExclusive<T>(records: string | string[], work: () => Promise<T>): Promise<T>;
	/** The result of `work`, shared by all items of this run. If it throws, the next item tries again. */
	memoize<T>(key: string, work: () => Promise<T>): Promise<T>;
}
