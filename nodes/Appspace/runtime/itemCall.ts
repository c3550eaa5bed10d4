import type {
	IDataObject,
	IExecuteFunctions,
	IGetNodeParameterOptions,
	INodeProperties,
	NodePropertyTypes,
} from 'n8n-workflow';
import { isRecord } from '../transport/record';
import { PAGE_SIZE } from './listing';
import { effectOf } from '../transport/effect';
import { badInput, RequestFailed } from '../transport/failure';
import { nameInAddress } from '../transport/fileName';
import type { OpenFile } from '../transport/file';
import { MEGABYTE, tooLarge } from '../transport/openFile';
import { pageIn, type AnyRecord } from '../transport/page';
import { readBatches, type FetchPage } from '../transport/pages';
import type { Reply } from '../transport/reply';
import { isMediaType } from '../transport/requestHeaders';
import type { ScimService } from '../transport/scim/scimService';
import { notWhole, shortfallText, type Shortfall } from '../transport/shortfall';
import { Tenant } from '../transport/tenant';
import type { TenantRequest } from '../transport/tenantRequest';
import { attachFile } from './attachFile';
import type { Call, ListRequest, Operation, RecordWithFile } from './operation';
import { declaredValue } from './declaredValue';
import { refuseMissing } from './listOfLocators';
import { copied, filledIn, idsIn } from './parameterValues';
import type { RunHints } from './runHints';
import { PageNumbers, searchPage } from './searchPage';
import type { RunMemory } from './runMemory';
import { writes } from './turns';

/** The default, in megabytes. */
const LARGEST_FILE = 100;
/** Types of parameters that fall back to the default of the form. */
const HAVE_A_DEFAULT: NodePropertyTypes[] = ['boolean', 'number', 'options'];

/** The parameters of one item, and its access to the tenant. */
export class ItemCall implements Call {
	/** Whether Appspace carried out a change for this item. */
	hasChanged = false;

	/** @param operation with all fields that the node shows for it (`fieldsOf`) */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly item: number,
		private readonly tenant: Tenant | ScimService,
		private readonly memory: RunMemory,
		private readonly hints: RunHints,
	) {}

	id(parameter: string): string {
		const [id, ...more] = this.ids(parameter);
		if (id !== undefined && more.length === 0) return id;
		throw badInput(
			`The parameter "${this.label(parameter)}" ${id === undefined ? 'is empty' : 'contains more than one ID'}`,
			'Pick a record from the list, or enter its ID.',
		);
	}

	ids(parameter: string): string[] {
		return idsIn(this.value(parameter), this.label(parameter));
	}

	wholeIds(parameter: string): string[] {
		const given = this.context.getNodeParameter(parameter, this.item, undefined);
		refuseMissing(given, this.label(parameter));
		return this.ids(parameter);
	}

	text(parameter: string): string {
		return String(this.value(parameter) ?? '').trim();
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
		if (isRecord(body)) return body;
		throw new RequestFailed({
			kind: 'answer',
			message: 'Appspace answered without the requested record.',
		});
	}

	async list(path: string, request: ListRequest = {}): Promise<AnyRecord[]> {
		const numbers = new PageNumbers();
		const byOffset: FetchPage = async (start, limit, isOver) => {
			const page = numbers.at(start);
			const asked = request.body
				? searchPage(path, request, page, limit)
				: { path, query: { ...request.query, start, limit } };
			const body = await this.tenant.request({ ...asked, isOver });
			const { entries, limit: echoed } = pageIn(body);
			numbers.note(start, page, entries.length || echoed || limit);
			return body;
		};
		const { fetch = byOffset } = request;
		const records: AnyRecord[] = [];
		const listing = {
			pageSize: this.pageSize(),
			limit: request.first ? 1 : request.all ? Infinity : this.limit(),
			readAhead: () => (request.first ? 0 : this.tenant.width),
			matches: request.matches,
			onShortfall: (shortfall: Shortfall) => {
				if (request.first && records.length > 0) return;
				// The record may be among the missing ones.
				if (request.first || request.whole) throw notWhole(shortfall);
				this.hint(shortfallText(shortfall));
			},
		};
		for await (const batch of readBatches(fetch, listing)) {
			for (const record of batch.records) records.push(record);
		}
		return records;
	}

	hint(text: string): void {
		this.hints.add(text);
	}

	async download<T>(address: string, use: (file: OpenFile) => Promise<T>, size = 0): Promise<T> {
		const { tenant } = this;
		if (!(tenant instanceof Tenant)) throw new Error('Files are for API v3.');
		const limit = this.largestFile();
		if (size > limit) throw tooLarge(limit);
		return await tenant.download(address, limit, async (file) => {
			file.expected = { name: nameInAddress(address), size: size > 0 ? size : 0 };
			return await use(file);
		});
	}

	outputField(): string {
		const field = this.text('binaryPropertyName');
		if (field !== '') return field;
		throw badInput(
			'The parameter "Put Output File in Field" is empty',
			'Enter the name of a field, such as data.',
		);
	}

	async attach(file: OpenFile, record: IDataObject): Promise<RecordWithFile> {
		return await attachFile(this.context, this.outputField(), file, record);
	}

	async inputFile(field: string): Promise<{ data: Uint8Array; mimeType: string }> {
		const mimeType = this.mimeTypeOf(field);
		return {
			data: await this.context.helpers.getBinaryDataBuffer(this.item, field),
			mimeType: isMediaType(mimeType) ? mimeType : 'application/octet-stream',
		};
	}

	async runExclusive<T>(records: string | string[], work: () => Promise<T>): Promise<T> {
		const tenant = await this.tenant.origin();
		// Appspace ignores case in IDs, and SCIM in user names.
		const keys = [records].flat().map((record) => `${tenant} ${record.toLowerCase()}`);
		return await writes.take(keys, this.context.getExecutionCancelSignal(), work);
	}

	async memoize<T>(key: string, work: () => Promise<T>): Promise<T> {
		return await this.memory.recall(key, this.context.getExecutionCancelSignal(), work);
	}

	private value(parameter: string): unknown {
		const field = this.field(parameter);
		const given = this.context.getNodeParameter(parameter, this.item, undefined);
		if (!field) return copied(given);
		const value = declaredValue(
			field,
			field.type === 'resourceMapper' ? this.mapped(field) : given,
		);
		return value ?? (HAVE_A_DEFAULT.includes(field.type) ? field.default : undefined);
	}

	/** The mapped values, without fields that were added to the form and left empty: these are null. */
	private mapped({ name }: INodeProperties): unknown {
		const read = (options?: IGetNodeParameterOptions) =>
			this.context.getNodeParameter(name, this.item, undefined, options) as IDataObject | null;
		const [given, form] = [read(), read({ rawExpressions: true })?.value];
		if (typeof form !== 'object' || typeof given?.value !== 'object') return given;
		const values = Object.entries(given.value ?? {});
		const filled = values.filter(
			([key, value]) => value !== null || (form as IDataObject)[key] !== null,
		);
		return { ...given, value: Object.fromEntries(filled) };
	}

	private limit(): number {
		if (!this.operation.isList || this.value('returnAll') === true) return Infinity;
		return Number(this.value('limit'));
	}

	private pageSize(): number {
		return Number(this.collection('options').pageSize ?? this.operation.pageSize ?? PAGE_SIZE);
	}

	largestFile(): number {
		return Number(this.collection('options').largestFile ?? LARGEST_FILE) * MEGABYTE;
	}

	private mimeTypeOf(field: string): string {
		try {
			return this.context.helpers.assertBinaryData(this.item, field).mimeType;
		} catch {
			throw badInput(
				`The item has no file in the field "${field}"`,
				'Enter the name of the field in which the previous node outputs its file, often "data".',
			);
		}
	}

	private label(parameter: string): string {
		return this.field(parameter)?.displayName ?? parameter;
	}

	/** The field of that name; if there are several, the one that is shown for this item. */
	private field(parameter: string): INodeProperties | undefined {
		const [first, ...more] = (this.operation.fields ?? []).filter(({ name }) => name === parameter);
		if (more.length === 0) return first;
		const isShown = ({ displayOptions }: INodeProperties) =>
			Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
				values?.some((value) => value === this.value(name)),
			);
		return [first, ...more].find((field) => field && isShown(field)) ?? first;
	}
}
