import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions, INode } from 'n8n-workflow';
import type { Answer } from './answers.mts';
import type { Parameters } from './parameters.mts';

/** One execution of an operation. */
export interface FuzzCase {
	items: Parameters[];
	/** Whether the parameters have the types of their fields. */
	isFitting: boolean;
	/** In turn, starting over after the last. */
	answers: Answer[];
	continuesOnFail: boolean;
}

/**
 * Responses repeat, so every list ends. With four attempts, five redirects, and ten pages ahead, no item
 * needs nearly this many requests.
 */
const MOST_REQUESTS = 3_000;

const NODE: INode = {
	id: 'fuzz',
	name: 'Appspace',
	type: 'n8n-nodes-appspace.appspace',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const CREDENTIAL = {
	baseUrl: 'http://127.0.0.1:1',
	authentication: 'applicationToken',
	subjectId: 'subject',
	refreshToken: randomUUID(),
	accessToken: randomUUID(),
};

const SCIM_CREDENTIAL = { baseUrl: CREDENTIAL.baseUrl, scimToken: randomUUID() };

export const SECRETS = [CREDENTIAL.refreshToken, CREDENTIAL.accessToken, SCIM_CREDENTIAL.scimToken];

/** The part of n8n that an operation sees, around arbitrary responses and parameters. */
export class StubOfN8n {
	requests = 0;
	/** Whether a request contained a number that differs from the one that was read or entered. */
	sendsRounded = false;
	/** Parameters that were read although the operation does not declare them. */
	readonly undeclared = new Set<string>();

	constructor(
		private readonly chosen: Parameters,
		private readonly fuzz: FuzzCase,
	) {}

	get isEndless(): boolean {
		return this.requests > MOST_REQUESTS;
	}

	/** What n8n calls `this` in a node. */
	asContext(): IExecuteFunctions {
		const offered: Partial<Record<keyof IExecuteFunctions, unknown>> = {
			getInputData: () => this.fuzz.items.map(() => ({ json: {} })),
			getNode: () => NODE,
			getTimezone: () => 'Europe/Vienna',
			getCredentials: async (type: string) =>
				type === 'appspaceScimApi' ? SCIM_CREDENTIAL : CREDENTIAL,
			getExecutionCancelSignal: () => undefined,
			getParentNodes: () => [],
			getChildNodes: () => [],
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
			addExecutionHints: () => undefined,
			continueOnFail: () => this.fuzz.continuesOnFail,
			getNodeParameter: (name: string, item: number, fallback?: unknown) =>
				this.parameter(name, item, fallback),
			helpers: {
				httpRequest: async (options: IHttpRequestOptions) => await this.answer(options),
				httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
					await this.answer(options),
				assertBinaryData: (_item: number, field: string) => fileIn(field),
				getBinaryDataBuffer: async (_item: number, field: string) => Buffer.from(field),
				prepareBinaryData: async (content: AsyncIterable<Buffer>, fileName?: string) => {
					for await (const piece of content) void piece;
					return { data: '', mimeType: 'text/plain', fileName };
				},
			},
		};
		return offered as unknown as IExecuteFunctions;
	}

	protected readonly node = NODE;

	protected parameter(name: string, item: number, fallback: unknown): unknown {
		const parameters: Parameters = { ...this.fuzz.items[item], ...this.chosen };
		if (name in parameters) return structuredClone(parameters[name]);
		if (fallback !== undefined) return fallback;
		this.undeclared.add(name);
		throw new Error(`Could not get parameter "${name}"`);
	}

	private async answer(options: IHttpRequestOptions): Promise<unknown> {
		const { answers } = this.fuzz;
		this.sendsRounded ||= hasRounded(options.body);
		const answer = answers[this.requests++ % answers.length];
		if (!answer || this.isEndless) throw failure({ cause: { code: 'ERR_CANCELED' } });
		if (answer.kind === 'broken') throw failure({ cause: { code: answer.code } });
		if (answer.late) await new Promise(setImmediate);
		const { status, headers } = answer;
		const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
		if (status === 401 && throwsAt401(options)) {
			throw failure({ httpCode: '401', cause: { response: { data: parsed(text), headers } } });
		}
		const isFile = options.encoding === 'stream';
		const body = isFile ? Readable.from(text ? [Buffer.from(text)] : []) : parsed(text);
		return { statusCode: status, headers, body };
	}
}

function hasRounded(value: unknown): boolean {
	if (typeof value === 'number') {
		return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
	}
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasRounded);
}

/** Half of all fields contain a file, whose type is as arbitrary as its name. */
function fileIn(field: string): { mimeType: string } {
	if (field.length % 2 === 1) return { mimeType: field };
	throw new Error(`n8n says that there is no file in ${field}`);
}

function throwsAt401({ ignoreHttpStatusErrors: ignores }: IHttpRequestOptions): boolean {
	return ignores !== true && (typeof ignores !== 'object' || ignores.except.includes(401));
}

const failure = (more: object): Error => Object.assign(new Error('n8n tells more'), more);

/** Like n8n's helper: JSON if it is JSON, otherwise text. */
function parsed(text = ''): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
