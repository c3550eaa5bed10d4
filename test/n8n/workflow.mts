import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Execution, WorkflowBody } from './rest.mts';

/** The package's node type, as n8n names it after a user installs the package. */
export const appspaceNodeType = 'n8n-nodes-appspace.appspace';

export interface CredentialReference {
	id: string;
	name: string;
}

export const startName = 'Start';

/** An Appspace node with the given parameters and credential. */
export function appspaceNode(parameters: IDataObject, credential: CredentialReference): INode {
	return {
		id: randomUUID(),
		name: 'Appspace',
		type: appspaceNodeType,
		typeVersion: 1,
		position: [220, 0],
		parameters: parameters as INode['parameters'],
		credentials: { [credentialTypeFor(parameters.resource)]: credential },
	};
}

/** The credential type that a resource of the node uses. */
export function credentialTypeFor(resource: unknown): 'appspaceApi' | 'appspaceScimApi' {
	return String(resource).startsWith('scim') ? 'appspaceScimApi' : 'appspaceApi';
}

/** n8n's own HTTP Request node, with our credential as its predefined credential type. */
export function httpRequestNode(url: string, credential: CredentialReference): INode {
	return {
		id: randomUUID(),
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [220, 0],
		parameters: {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'appspaceApi',
			options: {},
		},
		credentials: { appspaceApi: credential },
	};
}

/** A workflow of a manual trigger, which outputs `items` if there are any, and one node after it. */
export function workflowOf(node: INode, items?: IDataObject[]): WorkflowBody {
	return {
		name: `${node.name} ${String(node.parameters.operation ?? '')}`.trim(),
		nodes: [
			{
				id: randomUUID(),
				name: startName,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			node,
		],
		connections: { [startName]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		...(items && { pinData: { [startName]: items.map((json) => ({ json })) } }),
	};
}

/**
 * The items of each output of a node in the last run of an execution.
 * @throws Error with the message and description that the editor shows, if the execution failed
 */
export function outputsOf(execution: Execution, nodeName: string): INodeExecutionData[][] {
	const { error, runData } = execution.data.resultData;
	if (execution.status !== 'success') {
		const shown = [error?.message, (error as { description?: string } | undefined)?.description];
		throw new Error(`Execution ${execution.status}: ${shown.filter(Boolean).join(' | ')}`);
	}
	return (runData[nodeName]?.at(-1)?.data?.main ?? []).map((items) => items ?? []);
}

/** The items of the first output. Throws like `outputsOf`. */
export function outputOf(execution: Execution, nodeName: string): INodeExecutionData[] {
	return outputsOf(execution, nodeName)[0] ?? [];
}
