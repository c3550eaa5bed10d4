import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ItemCall } from './itemCall';
import { mapConcurrent } from './mapConcurrent';
import { asNodeError, errorRecord } from './nodeError';
import {
	RecordFailed,
	type Operation,
	type Resource,
	type Result,
	type WholeRun,
} from './operation';

interface Together {
	resource: Resource;
	operation: Operation;
	callFor: (item: number) => ItemCall;
	/** How many records to write at the same time. */
	width: () => number;
	/** Whether to simplify what comes from an item. */
	isSimple: (item: number) => boolean;
}

/**
 * Runs an operation once for all items. If it fails as a whole and the node goes on after errors, there is
 * one item with the error, which comes from all of them.
 */
export async function executeTogether(
	context: IExecuteFunctions,
	{ resource, operation, callFor, width, isSimple }: Together,
): Promise<INodeExecutionData[]> {
	const calls = context.getInputData().map((_, item) => callFor(item));
	const everyItem = calls.map((_, item) => item);
	const asError = (error: unknown, { items, called }: Pick<Result, 'items' | 'called'>) =>
		asNodeError(context, error, {
			...{ resource, operation, called, item: items.length === 1 ? items[0] : undefined },
			hasChanged: calls.some((call) => call.hasChanged),
		});
	const run: WholeRun = {
		calls,
		part: partOf(context),
		goesOn: context.continueOnFail(),
		each: async (count, work) => await mapConcurrent(count, width, work),
	};
	try {
		// Before the run: a value that makes no sense must not be noticed after a write.
		const isSimplified = everyItem.map(isSimple);
		const results = (await operation.runAll?.(run)) ?? [];
		return results.map((result) => {
			const { json: record, items, failure } = result;
			const pairedItem = pairedWith(items);
			const simplify = isSimplified[items[0] ?? 0] === true ? operation.simplify : undefined;
			const json = simplify ? simplify(record) : record;
			if (failure === undefined) return { json, pairedItem };
			const error = asError(failure, result);
			const recorded = errorRecord(error);
			const forOutput = context.getNode().onError === 'continueErrorOutput';
			if (!forOutput) return { json: { ...json, ...recorded }, pairedItem };
			// n8n adds the input item. Of several, it would add the first, as if the error were its own, but
			// with `error` it adds none.
			return items.length === 1
				? { json: recorded, pairedItem }
				: { json: recorded, error, pairedItem };
		});
	} catch (error) {
		const shown =
			error instanceof RecordFailed
				? asError(error.failure, error.record)
				: asError(error, { items: everyItem });
		const isCanceled = context.getExecutionCancelSignal()?.aborted === true;
		if (!context.continueOnFail() || isCanceled) throw shown;
		return [{ json: errorRecord(shown), pairedItem: pairedWith(everyItem) }];
	}
}

function pairedWith(items: number[]): INodeExecutionData['pairedItem'] {
	const [first = 0, ...others] = items;
	return others.length === 0 ? { item: first } : items.map((item) => ({ item }));
}

/**
 * Whether this run may have only a part of the items. A tool gets what its agent names. A node in a loop
 * runs once for each batch, and does not know it in the first.
 */
function partOf(context: IExecuteFunctions): WholeRun['part'] {
	const { name, type } = context.getNode();
	if (type.endsWith('Tool')) return 'tool';
	const behind = new Set(context.getChildNodes(name).map((child) => child.name));
	const isInLoop = context.getParentNodes(name).some((parent) => behind.has(parent.name));
	return isInLoop || context.getWorkflowDataProxy(0).$runIndex > 0 ? 'loop' : undefined;
}
