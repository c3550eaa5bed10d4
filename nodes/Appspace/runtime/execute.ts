import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { MAX_ITEMS_AT_ONCE, itemsAtOnceOption, simplifyField } from './listing';
import { mapWithBreaks } from '../transport/breaks';
import { FIRST_WIDTH } from '../transport/concurrencyLimit';
import { RequestFailed } from '../transport/failure';
import { ScimService } from '../transport/scim/scimService';
import { Tenant } from '../transport/tenant';
import { mapConcurrent } from './mapConcurrent';
import { ItemCall } from './itemCall';
import { namedRecords } from './namedRecords';
import { RunHints } from './runHints';
import { RecordWithFile, type Operation, type Output, type Resource } from './operation';
import { declaredValue } from './declaredValue';
import { fieldsOf } from './properties';
import { RunMemory } from './runMemory';
import type { About } from './errorMessage';
import { explain, isUnforeseen } from './errorMessages';

/** How many characters of a request are enough to recognize it. */
const MAX_LINE = 160;

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
	const usual = readsAlone(this, operation) ? () => Math.max(FIRST_WIDTH, tenant.width) : () => 1;
	const width = chosenWidth === undefined ? usual : () => chosenWidth;
	const isSimple = simplifies(this, operation);
	const memory = new RunMemory();
	const hints = new RunHints();

	const outputs = await mapConcurrent(items.length, width, async (item) => {
		const call = new ItemCall(this, operation, item, tenant, memory, hints);
		try {
			const records = await simplified(operation, isSimple(item), await operation.run(call));
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
	});
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

/** Whether all items only read. Writes keep their order and run one at a time. */
function readsAlone(context: IExecuteFunctions, { effect, effectOn }: Operation): boolean {
	if (!effectOn) return effect === 'read';
	return context.getInputData().every((_, item) => {
		try {
			return effectOn((name) => context.getNodeParameter(name, item, '')) === 'read';
		} catch {
			// Leave an expression without a value for the item itself to report.
			return effect === 'read';
		}
	});
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

/** With exactly these two keys, n8n sends the item to the error output if there is one. */
function errorRecord({ message, description }: NodeApiError | NodeOperationError): IDataObject {
	return { error: message, ...(description ? { message: description } : {}) };
}

function asNodeError(
	context: IExecuteFunctions,
	error: unknown,
	at: { resource: Resource; operation: Operation; item: number; hasChanged: boolean },
): NodeApiError | NodeOperationError {
	const { operation, item } = at;
	if (!(error instanceof RequestFailed)) {
		const unforeseen = isUnforeseen(error) && {
			message: `${operation.action}: a value has a form that this package cannot use${itemNote(context, item)}`,
			description:
				'Check the parameters of this item. If they are correct, Appspace sent an unexpected reply: please report it.',
		};
		return new NodeOperationError(context.getNode(), error as Error, {
			...unforeseen,
			itemIndex: item,
		});
	}
	const about: About = { ...at, effect: error.effect, ...named(context, error, operation, item) };
	const { message, description, httpCode } = explain(error.failure, about);
	const options = { message: `${message}${itemNote(context, item)}`, description, itemIndex: item };
	return httpCode
		? new NodeApiError(context.getNode(), {}, { ...options, httpCode })
		: new NodeOperationError(context.getNode(), message, options);
}

/** The names that a message uses for the action and its records. */
function named(
	context: IExecuteFunctions,
	{ line }: RequestFailed,
	operation: Operation,
	item: number,
): Pick<About, 'operation' | 'records'> {
	if (!operation.namesRequest) {
		const value = (name: string) => context.getNodeParameter(name, item, '');
		return { operation, records: namedRecords(operation.fields ?? [], value) };
	}
	const sent = line && line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}...` : line;
	const action = sent ?? operation.action;
	return { operation: { action }, records: [] };
}

function isCanceled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}

function itemNote(context: IExecuteFunctions, item: number): string {
	return context.getInputData().length > 1 ? ` (item ${item})` : '';
}
