import { randomUUID } from 'node:crypto';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';

import type { WorkflowBody } from '../n8n/rest.mts';
import { appspaceNode, type CredentialReference } from '../n8n/workflow.mts';

/** A webhook and three Appspace nodes that call the tenant several times; it answers at the end. */
export function webhookWorkflow(path: string, credential: CredentialReference): WorkflowBody {
	const appspace = (name: string, parameters: IDataObject): INode => ({
		...appspaceNode(parameters, credential),
		name,
	});
	const nodes: INode[] = [
		{
			id: randomUUID(),
			webhookId: path,
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: { path, responseMode: 'lastNode' },
		},
		appspace('Me', { resource: 'user', operation: 'getCurrent' }),
		appspace('Channels', { resource: 'channel', operation: 'getAll', limit: 5 }),
		appspace('Channel', {
			resource: 'channel',
			operation: 'get',
			channelId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			// One after another, so that an execution takes a while.
			options: { itemsAtOnce: 1 },
		}),
	];
	const connections: IConnections = {};
	for (const [index, { name: node }] of nodes.slice(1).entries()) {
		connections[nodes[index]!.name] = { main: [[{ node, type: 'main', index: 0 }]] };
	}
	return { name: `Queue ${path}`, nodes, connections };
}
