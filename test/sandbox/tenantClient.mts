import { request } from 'undici';
import type { Sandbox } from '../../sandbox/server.mts';

/** An answer as it came over the wire; `body` is parsed where the server calls it JSON. */
export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: any;
	text: string;
}

export interface Sent {
	token?: string;
	headers?: Record<string, string>;
	body?: unknown;
}

/** One HTTP call, nothing added but what is asked for. `path` starts with a slash. */
export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	{ token, headers = {}, body }: Sent = {},
): Promise<Reply> {
	const answer = await request(sandbox.url + path, {
		method: method as 'GET',
		headers: {
			...(token ? { authorization: `Bearer ${token}` } : {}),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await answer.body.text();
	const isJson = String(answer.headers['content-type']).includes('json');
	return {
		status: answer.statusCode,
		headers: answer.headers,
		body: isJson ? JSON.parse(text) : undefined,
		text,
	};
}

/** The token exchange; `change` replaces parts of its body. */
export async function exchange(sandbox: Sandbox, change: object = {}): Promise<Reply> {
	return await call(sandbox, 'POST', '/api/v3/authorization/token', {
		body: {
			subjectType: 'Application',
			subjectId: sandbox.subjectId,
			grantType: 'refreshToken',
			refreshToken: sandbox.refreshToken,
			...change,
		},
	});
}

export async function freshToken(sandbox: Sandbox): Promise<string> {
	return (await exchange(sandbox)).body.accessToken;
}

/** A call below `/api/v3/` with a token that was just fetched. */
export async function api(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
): Promise<Reply> {
	return await call(sandbox, method, `/api/v3/${path}`, { token: await freshToken(sandbox), body });
}
