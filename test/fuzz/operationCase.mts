import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';
import { execute } from '../../nodes/Appspace/runtime/execute.ts';
import { propertiesOf } from '../../nodes/Appspace/runtime/properties.ts';
import { isRecord } from '../../nodes/Appspace/transport/record.ts';
import type { Subject } from '../faults/examples.mts';
import { unclear, type ShownError } from '../faults/unclear.mts';
import { anyAnswer } from './answers.mts';
import { anyParameters, fittingParameters, type Parameters } from './parameters.mts';
import { SECRETS, StubOfN8n, type FuzzCase } from './stub.mts';
import type { Words } from './words.mts';

export interface Outcome {
	output: INodeExecutionData[];
	/** The error that ended the run, if any. */
	error?: ShownError & { context?: { itemIndex?: number } };
}

/** The last safety net of an operation: a message, but not one written for the case. */
const UNFORESEEN = 'a value has a form that this package cannot use';
const MOST_ITEMS = 3;
const MOST_ANSWERS = 6;

/** Any execution of an operation: arbitrary parameters, arbitrary responses. */
export function anyCase({ resource, operation }: Subject, words: Words, waits = true) {
	const fields = propertiesOf([{ ...resource, operations: [operation] }]).filter(
		({ name, type }) => type !== 'notice' && name !== 'resource' && name !== 'operation',
	);
	const anyCaseOn = (item: fc.Arbitrary<Parameters>, isFitting: boolean) =>
		fc.record<FuzzCase>({
			items: fc.array(item, { minLength: 1, maxLength: MOST_ITEMS }),
			isFitting: fc.constant(isFitting),
			answers: fc.array(anyAnswer(words, waits), { minLength: 1, maxLength: MOST_ANSWERS }),
			continuesOnFail: fc.boolean(),
		});
	return fc.oneof(
		anyCaseOn(fittingParameters(fields, words), true),
		anyCaseOn(anyParameters(fields, words), false),
	);
}

/** Runs the kernel that all operations share, without n8n's engine. */
export async function complaintsAbout(subject: Subject, fuzz: FuzzCase): Promise<string[]> {
	const { resource, operation } = subject;
	const stub = new StubOfN8n({ resource: resource.value, operation: operation.value }, fuzz);
	const outcome: Outcome = await execute.call(stub.asContext(), [resource]).then(
		([output = []]) => ({ output }),
		(error: Outcome['error']) => ({ output: [], error }),
	);
	return [
		...(stub.isEndless ? ['sends requests without end'] : []),
		...(stub.sendsRounded ? ['sends a number that was rounded'] : []),
		...[...stub.undeclared].map((name) => `reads "${name}", which it does not declare`),
		...complaintsAboutOutcome(outcome, fuzz),
	];
}

function itemIn(paired: unknown): number {
	return isRecord(paired) && typeof paired.item === 'number' ? paired.item : NaN;
}

/** The item that a message has to name; undefined if the error concerns several. */
function itemToName(paired: unknown): number | undefined {
	const items = [paired].flat().map(itemIn);
	return items.length === 1 ? items[0] : undefined;
}

/** What is wrong with the result, whatever went in. */
export function complaintsAboutOutcome({ output, error }: Outcome, fuzz: FuzzCase): string[] {
	const { items, continuesOnFail } = fuzz;
	if (error) return complaintsAboutError(error, fuzz, error.context?.itemIndex);
	// The last item, where an output comes from several.
	const sources = output.map(({ pairedItem }) => [pairedItem].flat().map(itemIn).at(-1) ?? NaN);
	const failed = continuesOnFail ? output.filter(isError) : [];
	return [
		...(sources.every((item) => item in items) ? [] : ['an output is not paired with an item']),
		...(sources.every((item, index) => index === 0 || item >= (sources[index - 1] ?? NaN))
			? []
			: ['the output is not in the order of the input']),
		...(output.every(({ json }) => isRecord(json)) ? [] : ['an output has no record']),
		...failed.flatMap(({ json, pairedItem }) =>
			complaintsAboutError(
				{ message: String(json.error), description: String(json.message) },
				fuzz,
				itemToName(pairedItem),
			),
		),
		...(Object.keys(Object.prototype).length > 0 ? ['the prototype of all objects changed'] : []),
	];
}

/** What is wrong with an error that a user would see. */
export function complaintsAboutError(error: ShownError, fuzz: FuzzCase, item?: number): string[] {
	const { items, isFitting } = fuzz;
	// Data with a `toString` property breaks anything that converts it to text.
	const isForeseeable = isFitting && !JSON.stringify(fuzz).includes('"toString"');
	const { message, description } = error;
	const told = { message: withoutQuotes(message), description: withoutQuotes(description ?? '') };
	return [
		...unclear(told, [], items.length > 1 ? item : undefined),
		...(SECRETS.some((secret) => JSON.stringify(error).includes(secret))
			? ['contains a secret']
			: []),
		...(isForeseeable && told.message.includes(UNFORESEEN) ? ['reaches the safety net'] : []),
	].map((complaint) => `${complaint}: ${message} | ${description ?? ''}`);
}

/** Messages quote the content of parameters and responses unchanged. */
function withoutQuotes(text: string): string {
	return text.replace(/"[^"]*"/g, '""');
}

function isError({ json }: INodeExecutionData): boolean {
	const names = Object.keys(json).join();
	return names === 'error' || names === 'error,message';
}
