import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Failure, RequestFailed } from './failure';
import { waitBeforeRetry, type Effect } from './retry';

/** What came of sending a request once. */
export interface Attempt {
	failure?: Failure;
	body?: unknown;
	headers: IDataObject;
}

export interface Persistence {
	effect: Effect;
	/** Sends the request once. */
	attempt: () => Promise<Attempt>;
	/** What is thrown when no more attempts are made. */
	final: (failure: Failure) => RequestFailed;
	/** Whether nobody waits for the answer any more. */
	isOver?: () => boolean;
}

/**
 * Sends a request, repeating it where that is safe and can help.
 *
 * @returns the body of a successful answer; undefined when it is empty
 * @throws RequestFailed
 */
export async function persistently(request: Persistence): Promise<unknown> {
	for (let attempt = 1; ; attempt++) {
		const { failure, body, headers } = await request.attempt();
		if (!failure) return body;
		const wait = waitBeforeRetry(failure, headers, request.effect, attempt, Math.random());
		if (wait === undefined || request.isOver?.()) throw request.final(failure);
		await sleep(wait);
	}
}
