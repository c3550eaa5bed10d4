import type { INodeExecutionData, IRun, NodeExecutionHint } from 'n8n-workflow';

/** What n8n shows of a failed execution. */
export interface RunError {
	/** The class, such as `NodeApiError`. */
	name: string;
	message: string;
	description?: string | null;
	/** The HTTP status as text, if a server answered. */
	httpCode?: string | null;
	context?: { itemIndex?: number; runIndex?: number; data?: unknown; [key: string]: unknown };
	/** The name of the node that failed. */
	node?: string;
}

export interface RunResult {
	/** Output 0 of a node, by default of the last one. Empty if it did not run. */
	items(nodeName?: string): INodeExecutionData[];
	/** All outputs of a node, each with the items of all its runs. */
	outputs(nodeName: string): INodeExecutionData[][];
	error?: RunError;
	/** The hints of all nodes, in the order in which they ran. */
	hints: NodeExecutionHint[];
	/** `success`, `error` or `canceled`. */
	status: string;
	data: IRun;
}

/** Reads n8n's execution record. */
export function readRun(data: IRun, lastNode: string): RunResult {
	const { runData, error } = data.data.resultData;

	const outputs = (nodeName: string): INodeExecutionData[][] => {
		const merged: INodeExecutionData[][] = [];
		for (const { data: produced } of runData[nodeName] ?? []) {
			for (const [index, items] of (produced?.main ?? []).entries()) {
				(merged[index] ??= []).push(...(items ?? []));
			}
		}
		return merged;
	};

	return {
		items: (nodeName = lastNode) => outputs(nodeName)[0] ?? [],
		outputs,
		error: error && readError(error as unknown as ThrownError, data),
		hints: Object.values(runData).flatMap((runs) => runs.flatMap(({ hints }) => hints ?? [])),
		status: data.status,
		data,
	};
}

type ThrownError = Omit<RunError, 'node'> & { node?: { name: string } };

const readError = (error: ThrownError, data: IRun): RunError => ({
	name: error.name,
	message: error.message,
	description: error.description,
	httpCode: error.httpCode,
	context: error.context,
	node: error.node?.name ?? data.data.resultData.lastNodeExecuted,
});
