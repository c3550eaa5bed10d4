import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Resource } from '../runtime/operation';
import { explain } from '../runtime/errorMessages';
import { RequestFailed } from '../transport/failure';

/** The error to show when a list cannot be read, so that it does not look empty. */
export function toNodeError(
	context: Pick<ILoadOptionsFunctions, 'getNode'>,
	error: unknown,
	list: { plural: string } & Pick<Resource, 'role' | 'credential' | 'dependsOn'>,
): NodeApiError | NodeOperationError {
	if (!(error instanceof RequestFailed))
		return new NodeOperationError(context.getNode(), error as Error);
	const shown = explain(error.failure, {
		resource: list,
		operation: { action: `List of ${list.plural}` },
		effect: 'read',
		hasChanged: false,
		records: [],
	});
	return new NodeApiError(context.getNode(), {}, shown);
}
