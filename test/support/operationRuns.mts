import type { IDataObject } from 'n8n-workflow';
import { appspaceNode } from './appspaceNode.mts';
import type { CredentialStore } from './credentialStore.mts';
import { run, type RunOptions } from './engine.mts';
import type { RunError, RunResult } from './runResult.mts';

export type Parameters = Record<string, unknown>;

/** An operation, such as `reservation.create`. */
type Operation = `${string}.${string}`;

/** Ways to run the Appspace node with the credentials of a test file. */
export interface OperationRuns {
	run(options: Omit<RunOptions, 'credentials'>): Promise<RunResult>;
	/** Runs one operation, for one item. */
	execute(operation: Operation, parameters?: Parameters): Promise<RunResult>;
	/** The same for an operation that has to succeed. Returns its records. */
	records(operation: Operation, parameters?: Parameters): Promise<IDataObject[]>;
	/** The same for an operation that may fail. Returns its error. */
	failure(operation: Operation, parameters?: Parameters): Promise<RunError | undefined>;
}

/** @param credentials returns the store; tests start it before they run an operation */
export function operationRuns(credentials: () => CredentialStore): OperationRuns {
	const runWith: OperationRuns['run'] = async (options) =>
		await run({ credentials: credentials(), ...options });
	const execute: OperationRuns['execute'] = async (operation, parameters) =>
		await runWith({ nodes: [appspaceNode(operation, parameters)] });
	return {
		run: runWith,
		execute,
		records: async (operation, parameters) => {
			const { error, items } = await execute(operation, parameters);
			expect(error).toBeUndefined();
			return items().map(({ json }) => json);
		},
		failure: async (operation, parameters) => (await execute(operation, parameters)).error,
	};
}

/** The same for the operations of one resource, such as `create`. */
export function operationsOf(runs: OperationRuns, resource: string) {
	return {
		execute: async (operation: string, parameters?: Parameters) =>
			await runs.execute(`${resource}.${operation}`, parameters),
		records: async (operation: string, parameters?: Parameters) =>
			await runs.records(`${resource}.${operation}`, parameters),
	};
}
