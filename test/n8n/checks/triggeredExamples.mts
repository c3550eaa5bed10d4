import { equal, match, ok } from 'node:assert/strict';
import type { INode } from 'n8n-workflow';
import { request } from 'undici';

import type { Sandbox } from '../../../sandbox/server.mts';
import { changes } from '../../engine/trigger/changes.mts';
import { makeLeaver } from '../../support/leaver.mts';
import { startMailServer } from '../../support/mailServer.mts';
import { reply, startRawServer } from '../../support/rawServer.mts';
import { addUser } from '../../support/tenantLife.mts';
import { until } from '../../support/until.mts';
import { readExamples, startsByItself, waitsForSomebody } from '../examples.mts';
import type { WorkflowBody } from '../rest.mts';
import { EACH_SECOND, triggerNodeType } from '../triggerWorkflow.mts';
import { outputOf } from '../workflow.mts';
import type { Context } from './context.mts';

/** Where the examples send messages until the user enters another address. */
const CHAT = 'https://chat.example.com/hooks/appspace';
const WEBHOOK = 'n8n-nodes-base.webhook';
const PATIENCE = 30_000;
const PAUSE = 150;

/**
 * Every example that a trigger starts is published, and then what it waits for happens. See
 * approvedExample.mts for the one that asks somebody.
 */
export async function checkTriggeredExamples(context: Context): Promise<void> {
	const { report, rest, n8n } = context;
	report.section('Examples that a trigger starts');
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Triggers', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Triggers over SCIM', tenant);
	const chat = await startRawServer(() => reply.json({ ok: true }));
	const mail = await startMailServer();
	const smtp = {
		id: await rest.createCredential({
			...{ name: 'Mail', type: 'smtp' },
			data: { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true },
		}),
		name: 'Mail',
	};
	prepare(tenant);
	const examples = (await readExamples(credential, scim)).filter(
		(example) => startsByItself(example) && !waitsForSomebody(example),
	);
	const ids = new Map<string, string>();
	await report.check(`${examples.length} examples can be published`, async () => {
		for (const example of examples) {
			const body = { ...example, nodes: example.nodes.map(adapted(chat.url, smtp)) };
			const { id, versionId } = await rest.createWorkflow(body);
			await rest.activate(id, versionId);
			ids.set(example.name, id);
		}
		ok(examples.length >= 7);
	});
	for (const example of examples) {
		await report.check(`"${example.name}" starts by itself, and each node has output`, async () => {
			const id = ids.get(example.name) ?? '';
			await happen(example, tenant, n8n.url);
			const ended = async () =>
				(await rest.executionsOf(id)).filter(({ status }) => ['success', 'error'].includes(status));
			await until('an execution ends', async () => (await ended()).length > 0, PATIENCE, PAUSE);
			const execution = await rest.execution((await ended())[0]?.id ?? '');
			for (const { name, type } of example.nodes) {
				if (type === 'n8n-nodes-base.stickyNote') continue;
				ok(outputOf(execution, name).length > 0, `"${name}" has no output`);
			}
			equal((await ended()).length, 1, 'executions');
		});
	}
	await report.check('the messages name what happened', () => {
		const sent = chat.requests.map(({ body }) => body).join('\n');
		match(sent, /is offline since/);
		match(sent, /was published at/);
		match(sent, /was removed from Appspace/);
		match(sent, /Appspace reports/);
		const letters = mail.messages.join('\n');
		match(letters, /To: leaver@example\.com/);
		match(letters, /has checked in/);
		ok(!`${sent}${letters}`.includes('undefined'), sent + letters);
	});
	await Promise.all([chat.close(), mail.close()]);
}

/** The example with an address, a mail account, and polls each second. */
function adapted(chat: string, smtp: { id: string; name: string }): (node: INode) => INode {
	return (node) => ({
		...node,
		...(node.type === 'n8n-nodes-base.emailSend' && { credentials: { smtp } }),
		parameters: {
			...node.parameters,
			...(node.type === triggerNodeType && { pollTimes: EACH_SECOND }),
			...(node.parameters.url === CHAT && { url: chat }),
		},
	});
}

/** Brings the tenant into a state from which each event can happen. */
function prepare(tenant: Sandbox): void {
	for (const { before } of Object.values(changes)) before?.(tenant);
	makeLeaver(tenant);
	const [visit] = tenant.tenant.visits;
	const [visitor] = tenant.tenant.visitors;
	if (!visit || !visitor) throw new Error('The tenant has no visits.');
	const day = new Date().toISOString().slice(0, 10);
	Object.assign(visit, { startAt: `${day}T00:00:00Z`, endAt: `${day}T23:59:00Z` });
	visit.visitors = [visitor];
}

async function happen(example: WorkflowBody, tenant: Sandbox, url: string): Promise<void> {
	const start = example.nodes.find(({ type }) => [triggerNodeType, WEBHOOK].includes(type));
	if (start?.type === WEBHOOK) {
		const address = `${url}/webhook/${String(start.parameters.path)}`;
		const body = JSON.stringify({ any: 'thing' });
		const headers = { 'content-type': 'application/json' };
		await (await request(address, { method: 'POST', headers, body })).body.dump();
		return;
	}
	const event = String(start?.parameters.event);
	if (event === 'userCreated') addUser(tenant, { email: 'leaver@example.com', firstName: 'Lee' });
	else changes[event]?.make(tenant);
}
