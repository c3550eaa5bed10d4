import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { request, type Dispatcher } from 'undici';
import type { Answer } from '../answer.mts';
import { matchesPath } from '../settings.mts';
import type { State } from '../state.mts';
import type { ScimService } from './provider.mts';

/** The SCIM path of the tenant (appspace-api.md 2.4). */
export const SCIM_PATH = '/identity/scim';
const SCIM_TYPE = 'application/scim+json; charset=utf-8';

/** The tenant's SCIM service: a separate server, behind the token, rules, and records of the sandbox. */
export class ScimSurface {
	private service: Promise<ScimService> | undefined;

	constructor(private readonly state: State) {}

	/**
	 * The responses of the service. It requires its own static token on every path: whether
	 * ServiceProviderConfig is readable without one is not public.
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

	/** Loaded on demand, because most users of the sandbox do not need it. */
	private async start(): Promise<ScimService> {
		const { startScimService } = await import('./provider.mts');
		return await startScimService(() => this.state);
	}

	async close(): Promise<void> {
		(await this.service)?.close();
	}
}

/** An error in the form of RFC 7644 3.12, with the status as text. */
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
