import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

/** What n8n hands to whoever makes requests: an execution, or a picker. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** Aborted when the execution is stopped; a picker cannot be stopped. */
export function cancelSignalOf(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
