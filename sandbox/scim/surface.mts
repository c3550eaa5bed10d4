import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import inject from 'light-my-request';
import type { Answer } from '../answer.mts';
import { matchesPath } from '../settings.mts';
import type { State } from '../state.mts';
import { ORIGIN, scimService, within } from './provider.mts';

/** Below this path of the tenant lies SCIM (appspace-api.md 2.4). */
export const SCIM_PATH = '/identity/scim';

/**
 * What the tenant's SCIM service answers. It has a static token of its own, which is asked for on every
 * path: whether ServiceProviderConfig can be read without one is not public.
 */
export async function answerScim(
	state: State,
	request: FastifyRequest,
	url: URL,
	origin: string,
): Promise<Answer> {
	const { tenant, settings, scimToken } = state;
	if (request.headers.authorization !== `Bearer ${scimToken}`) {
		return refusal(401, 'The SCIM token is missing or not valid.');
	}
	if (settings.forbiddenPaths.some((path) => matchesPath(path, url.pathname))) {
		return refusal(403, 'This token does not permit the operation.');
	}
	if (!settings.groupSync && /^\/identity\/scim\/groups\b/i.test(url.pathname)) {
		return refusal(404, 'User group sync is not enabled.');
	}
	const reply = await within({ tenant, settings }, async (headers) =>
		inject(scimService(), {
			method: request.method as 'GET',
			url: url.pathname + url.search,
			headers: { ...headers, ...contentType(request) },
			payload: asText(request.body),
		}),
	);
	return {
		status: reply.statusCode,
		headers: { 'content-type': String(reply.headers['content-type'] ?? 'application/scim+json') },
		body: reply.payload.replaceAll(ORIGIN, origin),
	};
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
		headers: { 'content-type': 'application/scim+json; charset=utf-8' },
		body: JSON.stringify(body),
	};
}

function contentType({ headers }: FastifyRequest): Record<string, string> {
	const type = headers['content-type'];
	return type === undefined ? {} : { 'content-type': type };
}

function asText(body: unknown): string | undefined {
	return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}
