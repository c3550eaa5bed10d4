import type { ClientRequest } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

export interface RequestCount {
	/** Requests to the API, without token exchanges. */
	calls: number;
	tokenExchanges: number;
}

const started = 'http.client.request.start';

/** Counts the HTTP requests that this process sends, until `stop`. */
export function countRequests(): { stop(): RequestCount } {
	const count: RequestCount = { calls: 0, tokenExchanges: 0 };
	const take = (message: unknown): void => {
		const { path } = (message as { request: ClientRequest }).request;
		if (/\/authorization\/token(\?|$)/.test(path)) count.tokenExchanges += 1;
		else count.calls += 1;
	};
	subscribe(started, take);
	return {
		stop: () => {
			unsubscribe(started, take);
			return count;
		},
	};
}
