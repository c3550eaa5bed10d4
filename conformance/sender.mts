import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import { retryAfter } from '../credentials/auth/retryAfter.ts';
import { answerOf, type Exchange } from './exchange.mts';
import { endpointFor } from './expectations/all.mts';
import { isRead, WriteRefused } from './guard.mts';
import { Pace } from './pace.mts';

export interface Outgoing {
	by: Exchange['by'];
	method: string;
	/** Path and query from the root of the tenant. */
	target: string;
	headers: Record<string, string>;
	body?: Buffer;
	/** Whether the caller has stopped waiting for the response. */
	isOver?: () => boolean;
}

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
	/** Whether the response was longer than what the check reads. */
	isCut: boolean;
	exchange: Exchange;
}

/** Other headers are dropped, so none can turn a GET into something else. */
const HEADERS = ['authorization', 'x-api-key', 'accept', 'content-type', 'user-agent'];
/** In bytes. */
const LONGEST_ANSWER = 25_000_000;
const TIMEOUT = 60_000;

/**
 * The only way to the tenant: every request of the node and of the check goes through `send`, which
 * blocks everything but reads, keeps to the pace, and records the responses.
 */
export class Sender {
	readonly exchanges: Exchange[] = [];
	/** Requests that were blocked because they could have changed something. */
	refused = 0;
	private readonly agent = new Agent({ headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });

	/**
	 * @param origin of the tenant; nothing goes anywhere else
	 * @param searches see `searchesOf`
	 * @param endpoints all known ones, as the API notes write them
	 */
	constructor(
		readonly origin: string,
		private readonly pace: Pace,
		private readonly searches: readonly string[],
		private readonly endpoints: readonly string[],
	) {}

	/**
	 * @throws WriteRefused before anything is sent
	 * @throws Error if there was no response
	 */
	async send(outgoing: Outgoing): Promise<Reply> {
		const url = new URL(this.origin + outgoing.target);
		if (url.origin !== this.origin || !isRead(outgoing.method, url.pathname, this.searches)) {
			this.refused += 1;
			throw new WriteRefused();
		}
		return await this.pace.turn(async () => {
			if (outgoing.isOver?.()) throw new Error('The caller no longer waits for this response.');
			return await this.sendNow(outgoing, url);
		});
	}

	async close(): Promise<void> {
		await this.agent.destroy();
	}

	private async sendNow(outgoing: Outgoing, url: URL): Promise<Reply> {
		const began = performance.now();
		const { statusCode, headers, body } = await this.agent.request({
			origin: this.origin,
			path: url.pathname + url.search,
			method: outgoing.method as Dispatcher.HttpMethod,
			headers: Object.fromEntries(
				HEADERS.map((name) => [name, outgoing.headers[name]]).filter(([, value]) => value),
			) as Record<string, string>,
			body: outgoing.body,
		});
		const { bytes, isCut } = await readUpTo(body, LONGEST_ANSWER);
		const took = performance.now() - began;
		if (statusCode === 429 || (statusCode === 503 && headers['retry-after'])) {
			this.pace.slowDown(retryAfter(headers));
		}
		const exchange = this.noted(outgoing, url, statusCode, headers, bytes, took);
		return { status: statusCode, headers, bytes, isCut, exchange };
	}

	private noted(
		{ by, method, body }: Outgoing,
		url: URL,
		status: number,
		headers: IncomingHttpHeaders,
		bytes: Buffer,
		took: number,
	): Exchange {
		const path = url.pathname.replace(/^\/api\/v3\//i, '');
		const exchange: Exchange = {
			...{ by, method, path, took },
			endpoint: endpointFor(method, path, this.endpoints),
			sent: body && answerOf(0, {}, body).body,
			...answerOf(status, headers, bytes),
		};
		this.exchanges.push(exchange);
		return exchange;
	}
}

async function readUpTo(
	body: Dispatcher.ResponseData['body'],
	most: number,
): Promise<{ bytes: Buffer; isCut: boolean }> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > most) return { bytes: Buffer.concat(chunks), isCut: true };
	}
	return { bytes: Buffer.concat(chunks), isCut: false };
}
