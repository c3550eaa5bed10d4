import type { IPollFunctions, NodeApiError as ApiError } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { explain, isUnforeseen } from '../Appspace/runtime/errorMessages';
import { isSecurity, RequestFailed, type Failure } from '../Appspace/transport/failure';
import type { TriggerEvent } from './triggerEvent';

type Cause = NonNullable<ApiError['failure']>;

/** The error that the user sees, for anything that a poll throws. */
export function asNodeError(
	context: IPollFunctions,
	{ name, role }: TriggerEvent,
	error: unknown,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	if (!(error instanceof RequestFailed)) {
		const unforeseen = isUnforeseen(error) && {
			message: `${name}: a value has a form that this package cannot use`,
			description:
				'Check the parameters. If they are correct, Appspace sent an unexpected response: please report it.',
		};
		return new NodeOperationError(node, error as Error, { ...unforeseen });
	}
	const { message, description, httpCode } = explain(error.failure, {
		resource: { role },
		operation: { action: name },
		...({ effect: 'read', hasChanged: false, records: [] } as const),
	});
	// The scheduler with back-off of newer versions of n8n reads the cause.
	const failure = causeOf(error.failure);
	return httpCode || failure
		? new NodeApiError(node, {}, { message, description, httpCode, failure })
		: new NodeOperationError(node, message, { description });
}

/** Whether a failure may pass without anybody doing anything. */
export function isPassing(error: unknown): boolean {
	return error instanceof RequestFailed && isTimed(error.failure);
}

function isTimed(failure: Failure): boolean {
	switch (failure.kind) {
		case 'status':
			return failure.status >= 500 || failure.status === 429 || failure.status === 408;
		case 'network':
			return !isSecurity(failure.code);
		case 'access':
			return failure.temporary;
		case 'answer':
			return failure.garbled === true;
		case 'input':
			return false;
	}
}

function causeOf(failure: Failure): Cause | undefined {
	if (failure.kind === 'status' && failure.status === 429) {
		const { retryAfter } = failure;
		return { cause: 'rate-limited', ...(retryAfter !== undefined && { retryAfterMs: retryAfter }) };
	}
	if (isTimed(failure)) return { cause: 'temporarily-unavailable' };
	const isRefused = failure.kind === 'status' && failure.status === 401;
	if (failure.kind === 'access' || isRefused) return { cause: 'credential-invalid' };
	return failure.kind === 'input' ? { cause: 'configuration-invalid' } : undefined;
}
