import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

/** The context that n8n provides for requests: an execution or a picker. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** A signal that aborts when the execution is stopped. A picker has none, because it cannot be stopped. */
export function cancelSignalOf(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
