import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';

import type { Context } from '../n8n/checks/context.mts';
import type { WorkflowBody } from '../n8n/rest.mts';
import { appspaceNode, startName, workflowOf, type CredentialReference } from '../n8n/workflow.mts';

/** What a user who may edit a workflow could write to see the secrets of its credential. */
const CURIOUS = [
	'{{ $credentials }}',
	'{{ JSON.stringify($credentials) }}',
	'{{ $credentials.refreshToken }}',
	'{{ $credentials.scimToken }}',
	'{{ $credentials.appspaceScimApi.scimToken }}',
	'{{ $credentials.appspaceApi.accessToken }}',
	'{{ JSON.stringify($("Appspace").all()) }}',
	'{{ JSON.stringify($("Appspace").params) }}',
	'{{ JSON.stringify($("Appspace").context) }}',
	'{{ JSON.stringify($node["Appspace"].parameter) }}',
	'{{ JSON.stringify($node["Appspace"].credentials) }}',
	'{{ $evaluateExpression("{{ $credentials.refreshToken }}") }}',
	'{{ JSON.stringify($workflow) }}',
	'{{ JSON.stringify($execution) }}',
	'{{ JSON.stringify($secrets) }}',
	'{{ JSON.stringify($env) }}',
	'{{ JSON.stringify($self) }}',
	'{{ JSON.stringify(this) }}',
	'{{ $json.constructor.constructor("return process.env")() }}',
];

/** Runs them after an Appspace node and in the parameters of one; returns how many. */
export async function playExpressions(
	context: Context,
	credential: CredentialReference,
): Promise<number> {
	const me = appspaceNode({ resource: 'user', operation: 'getCurrent' }, credential);
	const { id } = await context.rest.createWorkflow(chain(me));
	await context.rest.run(id, startName);

	const node = appspaceNode(
		{
			...{ resource: 'user', operation: 'get' },
			userId: { __rl: true, mode: 'id', value: '={{ $json.curious }}' },
		},
		credential,
	);
	for (const expression of CURIOUS) {
		const own = structuredClone(node);
		own.parameters.userId = { __rl: true, mode: 'id', value: `=${expression}` };
		own.onError = 'continueRegularOutput';
		await context.runNode(own).catch(() => {});
	}
	return CURIOUS.length * 2;
}

/** One Edit Fields node per expression, one after another. */
function chain(first: INode): WorkflowBody {
	const workflow = workflowOf(first);
	for (const [index, expression] of CURIOUS.entries()) {
		const name = `Curious ${index}`;
		const assignments = [
			{ id: randomUUID(), name: 'got', value: `=${expression}`, type: 'string' },
		];
		const before = workflow.nodes.at(-1)!.name;
		workflow.nodes.push({
			...{ id: randomUUID(), name, type: 'n8n-nodes-base.set', typeVersion: 3.4 },
			position: [440 + index * 220, 0],
			parameters: { assignments: { assignments }, includeOtherFields: true, options: {} },
			onError: 'continueRegularOutput',
		});
		workflow.connections[before] = { main: [[{ node: name, type: 'main', index: 0 }]] };
	}
	return workflow;
}
