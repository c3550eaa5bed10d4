import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { RequestFailed } from '../transport/failure';
import type { About } from './errorMessage';
import { explain, isUnforeseen } from './errorMessages';
import { namedRecords } from './namedRecords';
import type { Operation, Resource } from './operation';

/** How many characters of a request are enough to recognize it. */
const MAX_LINE = 160;

/** With exactly these two keys, n8n sends the item to the error output if there is one. */
export function errorRecord({
	message,
	description,
}: NodeApiError | NodeOperationError): IDataObject {
	return { error: message, ...(description ? { message: description } : {}) };
}

/** Where an error arose. */
interface Place {
	resource: Resource;
	operation: Operation;
	/** Undefined if it concerns several items. */
	item: number | undefined;
	/** The name of the record, if that says more than the item. */
	called?: string;
	hasChanged: boolean;
}

/** The error that the user sees, for anything that an operation throws. */
export function asNodeError(
	context: IExecuteFunctions,
	error: unknown,
	at: Place,
): NodeApiError | NodeOperationError {
	const { operation, item } = at;
	if (!(error instanceof RequestFailed)) {
		const unforeseen = isUnforeseen(error) && {
			message: `${operation.action}: a value has a form that this package cannot use${placeNote(context, at)}`,
			description:
				'Check the parameters of this item. If they are correct, Appspace sent an unexpected response: please report it.',
		};
		return new NodeOperationError(context.getNode(), error as Error, {
			...unforeseen,
			itemIndex: item,
		});
	}
	const about: About = { ...at, effect: error.effect, ...named(context, error, operation, item) };
	const { message, description, httpCode } = explain(error.failure, about);
	const options = { message: `${message}${placeNote(context, at)}`, description, itemIndex: item };
	return httpCode
		? new NodeApiError(context.getNode(), {}, { ...options, httpCode })
		: new NodeOperationError(context.getNode(), message, options);
}

/** The names that a message uses for the action and its records. */
function named(
	context: IExecuteFunctions,
	{ line }: RequestFailed,
	operation: Operation,
	item = 0,
): Pick<About, 'operation' | 'records'> {
	if (!operation.namesRequest) {
		const value = (name: string) => context.getNodeParameter(name, item, '');
		return { operation, records: namedRecords(operation.fields ?? [], value) };
	}
	const sent = line && line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}...` : line;
	const action = sent ?? operation.action;
	return { operation: { action }, records: [] };
}

function placeNote(context: IExecuteFunctions, { item, called }: Place): string {
	const isOneOfMany = item !== undefined && context.getInputData().length > 1;
	const notes = [...(called ? [called] : []), ...(isOneOfMany ? [`item ${item}`] : [])];
	return notes.length > 0 ? ` (${notes.join(', ')})` : '';
}
