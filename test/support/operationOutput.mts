import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	exampleFor,
	expressionsFor,
	prepare,
	SUBJECTS,
	type Subject,
} from '../faults/examples.mts';
import { appspaceNode } from './appspaceNode.mts';
import { run } from './engine.mts';
import { sandboxCredential } from './sandboxCredential.mts';

/** The operations with an output schema: those whose reply is public (appspace-api.md 5 and 7). */
export const operationsWithSchema = SUBJECTS.filter(
	({ operation }) => operation.evidence.reply !== 'unknown',
);

/** How many records to run an operation on: fewer if it changes them. */
const ITEMS = { read: 30, write: 12, delete: 12 };

/**
 * Runs an operation through the engine on many records of a tenant, with its example parameters. Throws
 * the error of the run.
 * @returns the output records
 */
export async function outputOf(sandbox: Sandbox, subject: Subject): Promise<IDataObject[]> {
	const { name, operation } = subject;
	prepare(sandbox.tenant);
	const takesRecords = (operation.fields ?? []).some((field) => field.name !== 'filters');
	const count = takesRecords ? ITEMS[operation.effect] : 1;
	const input = Array.from({ length: count }, (_, index) => {
		return exampleFor(subject, sandbox.tenant, index);
	});
	const { error, items } = await run({
		credentials: sandboxCredential(sandbox),
		input: input as IDataObject[],
		nodes: [appspaceNode(name as `${string}.${string}`, expressionsFor(input[0] ?? {}))],
	});
	if (error) throw new Error(`${name}: ${error.message}`);
	return items().map(({ json }) => json);
}
