import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Failure, RequestFailed } from './failure';
import type { Reply } from './reply';
import { waitBeforeRetry, type Effect } from './retry';

/** What came of sending a request once: a success, or why there is none and with which headers. */
export type Attempt = { reply: Reply } | { failure: Failure; headers: IDataObject };

export interface RetryOptions {
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
 * @returns a successful answer; its body is undefined when it is empty
 * @throws RequestFailed
 */
export async function withRetries(request: RetryOptions): Promise<Reply> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await request.attempt();
		if ('reply' in outcome) return outcome.reply;
		const { failure, headers } = outcome;
		const wait = waitBeforeRetry(failure, headers, request.effect, attempt, Math.random());
		if (wait === undefined || request.isOver?.()) throw request.final(failure);
		await sleep(wait);
	}
}
