import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

/** What n8n hands to whoever makes requests: an execution, or a picker. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** Whether the execution was stopped. */
export function isCanceled(context: Context): boolean {
	return (
		'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true
	);
}
