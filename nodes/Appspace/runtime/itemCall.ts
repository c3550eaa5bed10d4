import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PAGE_SIZE } from './listing';
import { effectOf } from '../transport/effect';
import { badInput, RequestFailed } from '../transport/failure';
import { MEGABYTE, tooLarge, type OpenFile } from '../transport/openFile';
import { readPages, type AnyRecord, type FetchPage } from '../transport/pages';
import type { Reply } from '../transport/reply';
import { isMediaType } from '../transport/requestHeaders';
import type { ScimService } from '../transport/scim/scimService';
import { Tenant } from '../transport/tenant';
import type { TenantRequest } from '../transport/tenantRequest';
import { RecordWithFile, type Call, type ListRequest, type Operation } from './operation';
import { filledIn, idsIn, numberIn } from './parameterValues';

/** Pages that are asked for before they are wanted. */
export const PAGES_AHEAD = 16;
/** In megabytes, where the user did not choose. */
const LARGEST_FILE = 100;

/** The parameters of one item, and its way to the tenant. */
export class ItemCall implements Call {
	/** Whether Appspace carried out a change for this item. */
	hasChanged = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly item: number,
		private readonly tenant: Tenant | ScimService,
		private readonly alongside: Map<string, Promise<unknown>>,
		private readonly memory: Map<string, unknown>,
	) {}

	id(parameter: string): string {
		const [id, ...more] = this.ids(parameter);
		if (id !== undefined && more.length === 0) return id;
		throw badInput(
			`The parameter "${this.label(parameter)}" ${id === undefined ? 'is empty' : 'holds more than one ID'}`,
			'Pick a record from the list, or enter its ID.',
		);
	}

	ids(parameter: string): string[] {
		return idsIn(this.value(parameter), this.label(parameter));
	}

	text(parameter: string): string {
		const value = this.value(parameter);
		if (value === undefined || value === null) return '';
		if (typeof value === 'object') {
			throw badInput(
				`The parameter "${this.label(parameter)}" holds ${Array.isArray(value) ? 'a list' : 'an object'} instead of text`,
				'Check the expression: it has to give one value.',
			);
		}
		return String(value).trim();
	}

	collection(parameter: string): IDataObject {
		return filledIn((this.value(parameter) ?? {}) as IDataObject);
	}

	values(...parameters: string[]): IDataObject {
		return filledIn(Object.fromEntries(parameters.map((name) => [name, this.value(name)])));
	}

	zone(): string {
		return this.context.getTimezone();
	}

	async request(request: TenantRequest): Promise<unknown> {
		const body = await this.tenant.request(request);
		this.hasChanged ||= effectOf(request) !== 'read';
		return body;
	}

	async reply(request: TenantRequest): Promise<Reply> {
		const reply = await this.tenant.reply(request);
		this.hasChanged ||= effectOf(request) !== 'read';
		return reply;
	}

	async record(request: TenantRequest): Promise<AnyRecord> {
		const body = await this.request(request);
		if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as AnyRecord;
		throw new RequestFailed({
			kind: 'answer',
			message: 'Appspace answered without the record that was asked for.',
		});
	}

	async list(path: string, request: ListRequest = {}): Promise<AnyRecord[]> {
		const usual: FetchPage = async (start, limit, isOver) =>
			await this.tenant.request({ ...pageOf(path, request, start, limit), isOver });
		const { fetch = usual } = request;
		const records: AnyRecord[] = [];
		const listing = {
			pageSize: this.pageSize(),
			limit: request.first ? 1 : request.all ? Infinity : this.limit(),
			readAhead: request.first ? 0 : PAGES_AHEAD,
			matches: request.matches,
		};
		for await (const record of readPages(fetch, listing)) records.push(record);
		return records;
	}

	async download<T>(address: string, use: (file: OpenFile) => Promise<T>, size = 0): Promise<T> {
		const { tenant } = this;
		if (!(tenant instanceof Tenant)) throw new Error('Files are for API v3.');
		const limit = this.largestFile();
		if (size > limit) throw tooLarge(limit);
		return await tenant.download(address, limit, use);
	}

	async attach(file: OpenFile, record: IDataObject): Promise<RecordWithFile> {
		const field = this.text('binaryPropertyName');
		if (field === '') {
			throw badInput(
				'The parameter "Put Output File in Field" is empty',
				'Enter the name of a field, such as data.',
			);
		}
		const { name } = file;
		// Of this type is everything; n8n knows better from the name.
		const mimeType = file.mimeType === 'application/octet-stream' ? undefined : file.mimeType;
		const binary = await this.context.helpers.prepareBinaryData(file.content(), name, mimeType);
		binary.fileName ??= name;
		if (!name.includes('.') && binary.fileExtension) binary.fileName += `.${binary.fileExtension}`;
		const { fileName } = binary;
		const json = { ...record, fileName, mimeType: binary.mimeType, size: file.size };
		return new RecordWithFile(json, { [field]: binary });
	}

	async inputFile(field: string): Promise<{ data: Uint8Array; mimeType: string }> {
		const mimeType = this.mimeTypeOf(field);
		return {
			data: await this.context.helpers.getBinaryDataBuffer(this.item, field),
			mimeType: isMediaType(mimeType) ? mimeType : 'application/octet-stream',
		};
	}

	async runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
		const mine = (this.alongside.get(key) ?? Promise.resolve()).then(work, work);
		this.alongside.set(key, mine);
		return await mine;
	}

	async memoize<T>(key: string, work: () => Promise<T>): Promise<T> {
		return await this.runExclusive(`memoize ${key}`, async () => {
			if (!this.memory.has(key)) this.memory.set(key, await work());
			return this.memory.get(key) as T;
		});
	}

	private value(parameter: string): unknown {
		return this.context.getNodeParameter(parameter, this.item, undefined);
	}

	private limit(): number {
		if (!this.operation.isList || this.value('returnAll') === true) return Infinity;
		const limit = numberIn(this.value('limit'));
		if (Number.isInteger(limit) && limit > 0) return limit;
		throw badInput(
			'The parameter "Limit" is not a whole number of 1 or more',
			'Enter a number such as 50.',
		);
	}

	private pageSize(): number {
		const { pageSize = PAGE_SIZE } = this.operation;
		const size = numberIn(this.collection('options').pageSize ?? pageSize);
		if (Number.isInteger(size) && size > 0) return size;
		throw badInput(
			'The option "Page Size" is not a whole number of 1 or more',
			'Enter a number such as 100.',
		);
	}

	largestFile(): number {
		const megabytes = numberIn(this.collection('options').largestFile ?? LARGEST_FILE);
		if (megabytes > 0) return megabytes * MEGABYTE;
		throw badInput(
			'The option "Largest File (MB)" is not a number above 0',
			'Enter a number such as 100.',
		);
	}

	private mimeTypeOf(field: string): string {
		try {
			return this.context.helpers.assertBinaryData(this.item, field).mimeType;
		} catch {
			throw badInput(
				`The item has no file in its field "${field}"`,
				'Name the field in which the node before puts out its file, often "data".',
			);
		}
	}

	private label(parameter: string): string {
		const field = this.operation.fields?.find(({ name }) => name === parameter);
		return field?.displayName ?? parameter;
	}
}

/** The first page by POST is asked for without a number: whether pages count from 0 or 1 is not public. */
function pageOf(
	path: string,
	{ query, body }: ListRequest,
	start: number,
	limit: number,
): TenantRequest {
	if (!body) return { path, query: { ...query, start, limit } };
	const later = start > 0 && { start, page: Math.floor(start / limit) };
	return { method: 'POST', path, query, body: { ...body, limit, ...later }, effect: 'read' };
}
