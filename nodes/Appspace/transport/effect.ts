import type { IHttpRequestMethods } from 'n8n-workflow';

/** What an operation does to the tenant. Retries and the default concurrency depend on it. */
export type Effect = 'read' | 'write' | 'delete';

/** What a request does to the tenant: its `effect` if set, otherwise what its method implies. */
export function effectOf({
	method = 'GET',
	effect,
}: {
	method?: IHttpRequestMethods;
	effect?: Effect;
}): Effect {
	if (effect) return effect;
	if (method === 'GET' || method === 'HEAD') return 'read';
	return method === 'DELETE' ? 'delete' : 'write';
}
