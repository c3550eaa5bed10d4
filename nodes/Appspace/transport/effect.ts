import type { IHttpRequestMethods } from 'n8n-workflow';

/** What an operation does to the tenant; retries and default concurrency follow from it. */
export type Effect = 'read' | 'write' | 'delete';

/** What a request does to the tenant: as it says, else as far as its method tells. */
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
