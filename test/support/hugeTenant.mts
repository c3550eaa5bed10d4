import type { IHttpRequestOptions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { prepare } from '../faults/examples.mts';
import { inflated, type Inflation } from './hugeAnswers.mts';
import { BlockWatch, LONGEST_BLOCK } from './longestBlock.mts';
import { sandboxCredential } from './sandboxCredential.mts';

/** In characters. The sandbox reads writes up to this size quickly; longer ones get an echo. */
const LONGEST_WRITE = 20_000;
const TRIES = 3;

export interface Watched {
	/** How long others had to wait at a stretch, in milliseconds. */
	block: number;
	/** The number of successful requests. */
	answered: number;
	/** The result of the work. */
	result: unknown;
}

/** A tenant whose valid responses are inflated on the way, without n8n's engine. */
export class HugeTenant {
	private accessToken = '';
	private atStart!: Sandbox['tenant'];

	private constructor(readonly sandbox: Sandbox) {}

	static async start(): Promise<HugeTenant> {
		const huge = new HugeTenant(await startSandbox({ settings: { undocumentedReply: 'object' } }));
		const { sandbox } = huge;
		prepare(sandbox.tenant);
		huge.atStart = structuredClone(sandbox.tenant);
		const { subjectId, refreshToken } = sandbox;
		const inputs = { subjectType: 'Application', subjectId, refreshToken };
		const answer = await request(`${sandbox.url}/api/v3/authorization/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...inputs, grantType: 'refreshToken' }),
		});
		({ accessToken: huge.accessToken } = (await answer.body.json()) as { accessToken: string });
		return huge;
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** Resets the tenant. */
	reset(): void {
		Object.assign(this.sandbox.tenant, structuredClone(this.atStart));
	}

	/**
	 * Does some work on a reset tenant and measures the work alone, without n8n's helper, the sandbox, and
	 * the inflation. Takes the best of a few tries.
	 * @param more the rest of what n8n offers: parameters
	 * @param count the number of entries in each list
	 */
	async watch(
		{ how, count, more }: { how: Inflation; count: number; more: object },
		work: (context: object) => Promise<unknown>,
	): Promise<Watched> {
		let best: Watched = { block: Infinity, answered: 0, result: undefined };
		for (let tries = 0; tries < TRIES && best.block > LONGEST_BLOCK; tries++) {
			this.reset();
			const watch = new BlockWatch();
			let last: Promise<unknown> = Promise.resolve();
			let answered = 0;
			const answer = async (_type: string, options: IHttpRequestOptions) => {
				const mine = last.then(async () => {
					await watch.stop();
					const found = await this.answerTo(options, how, count);
					if (found.statusCode < 300) answered++;
					await watch.start();
					return found;
				});
				last = mine.catch(() => undefined);
				return await mine;
			};
			await watch.start();
			const result = await work({ ...this.offers(answer), ...more });
			await watch.stop();
			if (watch.longest < best.block) best = { block: watch.longest, answered, result };
		}
		return best;
	}

	/** The part of n8n that an operation or a picker sees. */
	private offers(answer: (type: string, options: IHttpRequestOptions) => Promise<unknown>) {
		const { sandbox, accessToken } = this;
		// Another identity each time, so that pickers do not find the description that they kept.
		const subjectId = randomUUID();
		return {
			getInputData: () => [{ json: {} }],
			getNode: () => ({
				...{ id: 'huge', name: 'Appspace', type: 'n8n-nodes-appspace.appspace' },
				...{ typeVersion: 1, position: [0, 0], parameters: {} },
			}),
			getTimezone: () => 'Europe/Vienna',
			getExecutionCancelSignal: () => undefined,
			getParentNodes: () => [],
			getChildNodes: () => [],
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
			continueOnFail: () => true,
			addExecutionHints: () => undefined,
			getCredentials: async (type: string) =>
				type === 'appspaceScimApi'
					? { baseUrl: sandbox.scimUrl, scimToken: sandbox.scimToken }
					: { ...sandboxCredential(sandbox).read('main'), subjectId, accessToken },
			helpers: {
				httpRequestWithAuthentication: answer,
				httpRequest: async (options: IHttpRequestOptions) => await answer('', options),
				prepareBinaryData: async (content: AsyncIterable<Buffer>) => {
					for await (const piece of content) void piece;
					return { data: '', mimeType: 'text/plain' };
				},
			},
		};
	}

	private async answerTo(
		{ url, method = 'GET', qs, body, headers, encoding }: IHttpRequestOptions,
		how: Inflation,
		count: number,
	) {
		const address = new URL(url);
		for (const [name, value] of Object.entries(qs ?? {})) {
			if (value !== undefined) address.searchParams.set(name, String(value));
		}
		const isScim = url.startsWith(this.sandbox.scimUrl);
		const text = typeof body === 'object' ? JSON.stringify(body) : (body as string | undefined);
		if (text && text.length > LONGEST_WRITE && method !== 'POST') {
			return { statusCode: 200, headers: {}, body: reversed(JSON.parse(text)) };
		}
		const token = isScim ? this.sandbox.scimToken : this.accessToken;
		const type = isScim ? 'application/scim+json' : 'application/json';
		const answer = await request(address, {
			method: method as 'GET',
			headers: {
				...(text !== undefined && { 'content-type': type }),
				...(headers as Record<string, string>),
				authorization: `Bearer ${token}`,
			},
			...(text !== undefined && { body: text }),
		});
		const raw = Buffer.from(await answer.body.arrayBuffer());
		const head = { statusCode: answer.statusCode, headers: { ...answer.headers } };
		if (encoding === 'stream') return { ...head, body: Readable.from([raw]) };
		const { start, startIndex } = Object.fromEntries(address.searchParams);
		const isFirst = Number(start ?? 0) === 0 && Number(startIndex ?? 1) === 1;
		const json = parsed(raw.toString());
		const isHuge = isFirst && answer.statusCode < 300;
		return { ...head, body: isHuge ? inflated(json, how, count) : json };
	}
}

/** In another order, so that nothing is found where it was sent. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed).reverse();
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reversed(inner)]));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
