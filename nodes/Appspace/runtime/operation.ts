import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';
import type { OpenFile } from '../transport/file';
import type { AnyRecord } from '../transport/page';
import type { FetchPage } from '../transport/pages';
import type { Reply } from '../transport/reply';
import type { Effect } from '../transport/effect';
import type { TenantRequest } from '../transport/tenantRequest';

/** How well public sources prove what an operation does (appspace-api.md, Grades). */
export type Grade = 'DOCUMENTED' | 'OBSERVED' | 'OBSERVED-weak' | 'INFERRED';

export interface Evidence {
	grade: Grade;
	/** Tags of the sources, as in appspace-api.md 9. */
	sources: string;
	/** Where no source shows the reply: it is handed on as it comes, without an output schema. */
	reply?: 'unknown';
}

/** One operation of a resource: what the user sees, and what is asked of Appspace. */
export interface Operation {
	value: string;
	name: string;
	action: string;
	description: string;
	effect: Effect;
	/** The effect on one item, where it depends on a parameter; `effect` is then the gravest. */
	effectOn?: (parameter: (name: string) => unknown) => Effect;
	/** Sends requests of the user's own choice: messages name method and path. */
	namesRequest?: boolean;
	/** The endpoints that it uses, as appspace-api.md 4 writes them. */
	endpoints: string[];
	evidence: Evidence;
	fields?: INodeProperties[];
	/** Lists records: adds Return All, Limit and the page size, and `call.list` obeys them. */
	isList?: boolean;
	/** How many records a list asks for at once where the user did not choose; 100 unless told. */
	pageSize?: number;
	/** Adds Simplify; what it returns for a record, flat and with ten fields at most. */
	simplify?: (record: AnyRecord) => IDataObject;
	run(call: Call): Promise<Output | Output[]>;
}

export type Output = IDataObject | RecordWithFile;

/** A record with a file beside it, which n8n keeps as binary data. */
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
	/** The role that the service user needs, where public sources name one (appspace-api.md 2.1). */
	role?: string;
	/** The credential that it uses, and uses alone; `appspaceApi` unless told. */
	credential?: 'appspaceApi' | 'appspaceScimApi';
	/** What a tenant has to have switched on, as a sentence for who gets none of it. */
	dependsOn?: string;
	operations: Operation[];
}

export interface ListRequest {
	query?: IDataObject;
	/** Filters that the server may ignore are checked here again. */
	matches?: (record: AnyRecord) => boolean;
	/** Where the first match is enough: page by page, no more than needed. */
	first?: boolean;
	/** Every record, whatever Limit says: for a list in which something is only looked up. */
	all?: boolean;
	/** Refuses a list that may lack records: something is decided by what is not in it. */
	whole?: boolean;
	/** Asks by POST; the page is then asked for in the body. */
	body?: IDataObject;
	/** Asks for the pages, where that takes more than a path. */
	fetch?: FetchPage;
}

/** What an operation may do: read the parameters of its item, and talk to the tenant. */
export interface Call {
	/** The ID in a resource locator. */
	id(parameter: string): string;
	/** The IDs in a list, in comma-separated text or in a resource locator, without repetitions. */
	ids(parameter: string): string[];
	/** Trimmed text; empty where nothing was filled in. */
	text(parameter: string): string;
	/** The filled-in fields of a collection such as `filters`, with locators reduced to their IDs. */
	collection(parameter: string): IDataObject;
	/** The same for parameters that stand by themselves. */
	values(...parameters: string[]): IDataObject;
	/** The IANA name of the workflow's time zone. */
	zone(): string;
	request(request: TenantRequest): Promise<unknown>;
	/** The same with status and headers. */
	reply(request: TenantRequest): Promise<Reply>;
	/** A request whose answer is one record. */
	record(request: TenantRequest): Promise<AnyRecord>;
	/** All records of a listing that Return All and Limit ask for. */
	list(path: string, request?: ListRequest): Promise<AnyRecord[]>;
	/** Tells the user something beside the output. */
	hint(text: string): void;
	/**
	 * Opens a file of Appspace's for `use`, up to the size that the user allows (`largestFileOption`); see
	 * transport/download.ts. `address` may be relative to the tenant's origin; `size` is what Appspace
	 * announced, in bytes.
	 */
	download<T>(address: string, use: (file: OpenFile) => Promise<T>, size?: number): Promise<T>;
	/** The file in this field of the item. */
	inputFile(field: string): Promise<{ data: Uint8Array; mimeType: string }>;
	/** How large a file the user allows (`largestFileOption`), in bytes. */
	largestFile(): number;
	/** The field that a file is put in (`fileFields`). */
	outputField(): string;
	/** The record with the file in the field that the user named (`fileFields`), and with name, type and size. */
	attach(file: OpenFile, record: IDataObject): Promise<RecordWithFile>;
	/**
	 * Keeps apart everything in this process that reads and then writes the same records of the tenant, named
	 * by their paths; see `Turns.take` for work within work.
	 */
	runExclusive<T>(records: string | string[], work: () => Promise<T>): Promise<T>;
	/** What `work` finds out, for all items of this run; where it fails, the next item tries again. */
	memoize<T>(key: string, work: () => Promise<T>): Promise<T>;
}
