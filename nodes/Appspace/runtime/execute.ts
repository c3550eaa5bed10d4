import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { MAX_ITEMS_AT_ONCE, itemsAtOnceOption, simplifyField } from './listing';
import { mapWithBreaks } from '../transport/breaks';
import { FIRST_WIDTH } from '../transport/concurrencyLimit';
import { ScimService } from '../transport/scim/scimService';
import { Tenant } from '../transport/tenant';
import { mapConcurrent } from './mapConcurrent';
import { ItemCall } from './itemCall';
import { asNodeError, errorRecord } from './nodeError';
import { RunHints } from './runHints';
import { RecordWithFile, type Operation, type Output, type Resource } from './operation';
import { declaredValue } from './declaredValue';
import { executeTogether } from './executeTogether';
import { fieldsOf } from './properties';
import { RunMemory } from './runMemory';

/**
 * Runs the chosen operation for each item. The output follows the order of the input, and each record is
 * paired with its item.
 */
export async function execute(
	this: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const { resource, operation } = chosen(this, resources);
	const chosenWidth = itemsAtOnce(this, resource, operation);
	const Service = resource.credential === 'appspaceScimApi' ? ScimService : Tenant;
	const tenant = new Service(this, chosenWidth);
	const isSimple = simplifies(this, operation);
	const memory = new RunMemory();
	const hints = new RunHints();

	const callFor = (item: number) => new ItemCall(this, operation, item, tenant, memory, hints);
	const isRead = items.every((_, item) => reads(operation, callFor(item)));
	const usual = isRead ? () => Math.max(FIRST_WIDTH, tenant.width) : () => 1;
	const width = chosenWidth === undefined ? usual : () => chosenWidth;
	if (operation.runAll) {
		const outputs = await executeTogether(this, {
			...{ resource, operation, callFor, width, isSimple },
		});
		hints.show(this);
		return [outputs];
	}
	const runItem = async (item: number) => {
		const call = callFor(item);
		try {
			// Before the run: a value that makes no sense must not be noticed after a write.
			const isWanted = isSimple(item);
			const result = (await operation.run?.(call)) ?? [];
			const records = await simplified(operation, isWanted, result);
			return await paired(records, item);
		} catch (error) {
			const shown = asNodeError(this, error, {
				resource,
				operation,
				item,
				hasChanged: call.hasChanged,
			});
			// An item that never started because the execution was canceled has no outcome to continue
			// with.
			if (!this.continueOnFail() || isCanceled(this)) throw shown;
			return await paired([errorRecord(shown)], item);
		}
	};
	// Reads whose results nobody will see are given up; a write must not stop halfway.
	const giveUp = () => void (tenant.isOver = isRead);
	const outputs = await mapConcurrent(items.length, width, runItem, giveUp);
	hints.show(this);
	return [outputs.flat()];
}

function chosen(context: IExecuteFunctions, resources: Resource[]) {
	const resourceValue = context.getNodeParameter('resource', 0);
	const operationValue = context.getNodeParameter('operation', 0);
	const resource = resources.find(({ value }) => value === resourceValue);
	const operation = resource?.operations.find(({ value }) => value === operationValue);
	if (resource && operation) {
		return { resource, operation: { ...operation, fields: fieldsOf(operation) } };
	}
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${String(operationValue)}" for the resource "${String(resourceValue)}"`,
		{ description: 'Select the resource and the operation again.' },
	);
}

function itemsAtOnce(
	context: IExecuteFunctions,
	resource: Resource,
	operation: Operation,
): number | undefined {
	const given = (context.getNodeParameter('options', 0, {}) ?? {}) as IDataObject;
	try {
		const width = declaredValue(itemsAtOnceOption(operation.effect), given.itemsAtOnce);
		return width === undefined ? undefined : Math.min(Number(width), MAX_ITEMS_AT_ONCE);
	} catch (error) {
		throw asNodeError(context, error, { resource, operation, item: 0, hasChanged: false });
	}
}

/**
 * Whether the item only reads. Writes keep their order and run one at a time. The parameters come from the
 * call that will run, so that both understand a value alike.
 */
function reads({ effect, effectOn }: Operation, call: ItemCall): boolean {
	try {
		return (effectOn?.(call) ?? effect) === 'read';
	} catch {
		// Leave a value that makes no sense for the item itself to report.
		return effect === 'read';
	}
}

/** Whether to simplify an item. Evaluates the parameter for each item only if it is an expression. */
function simplifies(
	context: IExecuteFunctions,
	{ simplify }: Operation,
): (item: number) => boolean {
	if (!simplify) return () => false;
	const raw = context.getNodeParameter('simplify', 0, true, { rawExpressions: true }) as unknown;
	if (typeof raw === 'boolean') return () => raw;
	return (item) => {
		const given = context.getNodeParameter('simplify', item, true);
		return declaredValue(simplifyField, given) !== false;
	};
}

async function simplified(
	{ simplify }: Operation,
	isWanted: boolean,
	result: Output | Output[],
): Promise<Output[]> {
	const records = Array.isArray(result) ? result : [result];
	if (!simplify || !isWanted) return records;
	return await mapWithBreaks(records, (record) =>
		record instanceof RecordWithFile ? record : simplify(record),
	);
}

async function paired(records: Output[], item: number): Promise<INodeExecutionData[]> {
	return await mapWithBreaks(records, (record) => ({
		...(record instanceof RecordWithFile ? record : { json: record }),
		pairedItem: { item },
	}));
}

function isCanceled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}
