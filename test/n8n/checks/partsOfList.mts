import { match, throws } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';

import {
	appspaceNode,
	appspaceNodeType,
	outputOf,
	startName,
	workflowOf,
	type CredentialReference,
} from '../workflow.mts';
import type { Context } from './context.mts';

/** A part of the list is not the list: Synchronize in a loop, and as the tool of an agent. */
export async function checkPartsOfList(
	{ report, rest }: Context,
	scim: CredentialReference,
	rows: IDataObject[],
): Promise<void> {
	const synchronize = (parameters: IDataObject): INode => {
		const all = { resource: 'scimUser', operation: 'synchronize', userName: '={{ $json.email }}' };
		return appspaceNode({ ...all, ...parameters }, scim);
	};
	const other = (name: string, type: string, typeVersion: number, parameters = {}): INode => ({
		...{ id: randomUUID(), name, type, typeVersion, parameters, position: [0, 0] },
	});

	await report.check('in a loop, it deactivates nobody, and says why', async () => {
		const node = synchronize({ mode: 'apply', scope: 'all' });
		const loop = other('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: 30 });
		const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
		const body = workflowOf(node, rows);
		const { id } = await rest.createWorkflow({
			...{ ...body, nodes: [...body.nodes, loop] },
			connections: {
				[startName]: { main: [to(loop.name)] },
				// What is done comes first, the next batch second.
				[loop.name]: { main: [[], to(node.name)] },
				[node.name]: { main: [to(loop.name)] },
			},
		});
		const execution = await rest.run(id, startName);
		throws(() => outputOf(execution, node.name), /must be Nobody here.*In a loop/);
	});

	/** Runs the tool as the button of the tool does, without the model of its agent. */
	const asTool = async (parameters: IDataObject): Promise<string> => {
		const tool = { ...synchronize(parameters), type: `${appspaceNodeType}Tool` };
		const agent = other('Agent', '@n8n/n8n-nodes-langchain.agent', 2);
		const body = workflowOf(agent, rows.slice(0, 1));
		const { id } = await rest.createWorkflow({
			...{ ...body, nodes: [...body.nodes, tool] },
			connections: {
				...body.connections,
				[tool.name]: { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] },
			},
		});
		const { data } = await rest.run(id, startName, {
			destinationNode: { nodeName: tool.name, mode: 'inclusive' },
			agentRequest: { query: { [tool.name]: {} }, tool: { name: tool.name } },
		});
		const [task] = data.resultData.runData[tool.name] ?? [];
		return task?.error?.message ?? JSON.stringify(task?.data?.ai_tool);
	};
	await report.check('as a tool, it previews, but neither applies nor deactivates', async () => {
		match(await asTool({ mode: 'preview' }), /"outcome":"unchanged"/);
		match(await asTool({ mode: 'apply' }), /"Mode" must be Preview.*Let a workflow apply/s);
		match(await asTool({ scope: 'all' }), /must be Nobody here.*AI agent passes only/s);
	});
}
