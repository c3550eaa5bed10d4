import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { request } from 'undici';

import type { WorkflowBody } from '../rest.mts';
import { appspaceNode, httpRequestNode } from '../workflow.mts';
import type { Context } from './context.mts';

/** Many requests at once on one credential, in the ways in which n8n runs things at once. */
export async function checkConcurrency(context: Context): Promise<void> {
	const { report, rest, n8n } = context;
	report.section('Many at once');

	await report.check(
		'20 webhook calls, single-use refresh tokens: one exchange, all answered',
		async () => {
			const tenant = await context.startTenant({ rotation: 'singleUse', latency: 20 });
			const credential = await context.createCredential(
				'Webhooks',
				context.applicationToken(tenant),
			);
			const path = randomUUID();
			const node = appspaceNode({ resource: 'user', operation: 'getCurrent' }, credential);
			const workflow = await rest.createWorkflow(webhookWorkflow(path, node));
			await rest.activate(workflow.id, workflow.versionId);
			const callAll = () =>
				Promise.all(
					Array.from({ length: 20 }, async () => {
						const { statusCode, body } = await request(`${n8n.url}/webhook/${path}`);
						await body.dump();
						return statusCode;
					}),
				);
			deepEqual(new Set(await callAll()), new Set([200]), 'on an empty token');
			equal(context.exchanges(tenant), 1);
			tenant.revokeAccessTokens();
			deepEqual(new Set(await callAll()), new Set([200]), 'on a revoked token');
			equal(context.exchanges(tenant), 2);
		},
	);

	await report.check(
		'HTTP Request node, 20 items in parallel on an empty token: one exchange',
		async () => {
			const tenant = await context.startTenant({ tokenLatency: 100 });
			const credential = await context.createCredential(
				'Parallel',
				context.applicationToken(tenant),
			);
			const node = httpRequestNode(`${tenant.url}/api/v3/users/me`, credential);
			const items = await context.runNode(node, Array(20).fill({}));
			equal(items.length, 20);
			equal(context.exchanges(tenant), 1);
		},
	);

	await report.check('HTTP Request node, 40 items not found: a few exchanges at most', async () => {
		const tenant = await context.startTenant();
		const credential = await context.createCredential(
			'Not found',
			context.applicationToken(tenant),
		);
		// n8n's HTTP Request node renews after any failure.
		const node: INode = {
			...httpRequestNode(`${tenant.url}/api/v3/users/${randomUUID()}`, credential),
			onError: 'continueRegularOutput',
		};
		const items = await context.runNode(node, Array(40).fill({}));
		ok(
			items.every(({ json }) => json.error),
			'an item came back without the refusal',
		);
		const exchanges = context.exchanges(tenant);
		ok(exchanges <= 4, `${exchanges} token exchanges`);
		report.note(`  ${exchanges} token exchanges for 40 refusals`);
	});
}

function webhookWorkflow(path: string, node: INode): WorkflowBody {
	const webhook: INode = {
		id: randomUUID(),
		webhookId: path,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path, responseMode: 'lastNode' },
	};
	return {
		name: 'Webhook',
		nodes: [webhook, node],
		connections: { Webhook: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
}
