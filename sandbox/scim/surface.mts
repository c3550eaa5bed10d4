import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { request, type Dispatcher } from 'undici';
import type { Answer } from '../answer.mts';
import { matchesPath } from '../settings.mts';
import type { State } from '../state.mts';
import type { ScimService } from './provider.mts';

/** Below this path of the tenant lies SCIM (appspace-api.md 2.4). */
export const SCIM_PATH = '/identity/scim';
const SCIM_TYPE = 'application/scim+json; charset=utf-8';

/** The tenant's SCIM service: a server of its own behind the token, rules and records of the sandbox. */
export class ScimSurface {
	private service: Promise<ScimService> | undefined;

	constructor(private readonly state: State) {}

	/**
	 * What the service answers. It has a static token of its own, which is asked for on every path:
	 * whether ServiceProviderConfig can be read without one is not public.
	 */
	async answer({ method, headers, body }: FastifyRequest, url: URL, origin: string) {
		const { settings, scimToken } = this.state;
		if (headers.authorization !== `Bearer ${scimToken}`) {
			return refusal(401, 'The SCIM token is missing or not valid.');
		}
		if (settings.forbiddenPaths.some((path) => matchesPath(path, url.pathname))) {
			return refusal(403, 'This token does not permit the operation.');
		}
		if (!settings.groupSync && /^\/identity\/scim\/groups\b/i.test(url.pathname)) {
			return refusal(404, 'User group sync is not enabled.');
		}
		this.service ??= this.start();
		const type = headers['content-type'];
		const service = await this.service;
		const reply = await request(service.url + url.pathname + url.search, {
			method: method as Dispatcher.HttpMethod,
			headers: type === undefined ? {} : { 'content-type': type },
			body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		});
		const text = await reply.body.text();
		return {
			status: reply.statusCode,
			headers: { 'content-type': String(reply.headers['content-type'] ?? SCIM_TYPE) },
			body: text.replaceAll(service.origin, origin),
		};
	}

	/** Loaded only where it is asked for: most users of the sandbox have no use for it. */
	private async start(): Promise<ScimService> {
		const { startScimService } = await import('./provider.mts');
		return await startScimService(() => this.state);
	}

	async close(): Promise<void> {
		(await this.service)?.close();
	}
}

/** An error as RFC 7644 3.12 has it: the status as text. */
function refusal(status: number, detail: string): Answer {
	const body = {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status: String(status),
		detail: `${detail} (${STATUS_CODES[status]})`,
	};
	return {
		status,
		headers: { 'content-type': SCIM_TYPE },
		body: JSON.stringify(body),
	};
}
