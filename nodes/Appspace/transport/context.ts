import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** The context that n8n provides for requests: an execution, a picker, or a poll. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** A signal that aborts when the execution is stopped. n8n cannot stop a picker or a poll. */
export function cancelSignalOf(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
