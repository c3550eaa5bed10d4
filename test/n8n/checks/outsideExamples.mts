import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { INode } from 'n8n-workflow';
import { FormData, request } from 'undici';

import type { Sandbox } from '../../../sandbox/server.mts';
import { changes } from '../../engine/trigger/changes.mts';
import { makeExampleTenant, type ExampleTenant } from '../../support/exampleTenant.mts';
import { silentNodes } from '../../support/silentNodes.mts';
import { addUser } from '../../support/tenantLife.mts';
import { until } from '../../support/until.mts';
import { ExampleServices } from '../exampleServices.mts';
import { isStartedFromOutside, readExamples } from '../examples.mts';
import { triggerNodeType } from '../triggerWorkflow.mts';
import { outputsOf } from '../workflow.mts';
import type { Context } from './context.mts';

const FORM = 'n8n-nodes-base.formTrigger';
const WEBHOOK = 'n8n-nodes-base.webhook';
const PATIENCE = 30_000;
const PAUSE = 150;

/** Every example that something outside n8n starts is published, and then what it waits for happens. */
export async function checkOutsideExamples(context: Context): Promise<void> {
	const { report, rest, n8n } = context;
	report.section('Examples that something outside starts');
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Triggers', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Triggers over SCIM', tenant);
	const services = await ExampleServices.start(rest);
	for (const { before } of Object.values(changes)) before?.(tenant);
	const known = makeExampleTenant(tenant);
	const examples = (await readExamples(credential, scim)).filter(isStartedFromOutside);
	const ids = new Map<string, string>();
	await report.check(`${examples.length} examples can be published`, async () => {
		for (const example of examples) {
			const { id, versionId } = await rest.createWorkflow(services.adapt(example));
			await rest.activate(id, versionId);
			ids.set(example.name, id);
		}
		ok(examples.length >= 15);
	});
	for (const example of examples) {
		await report.check(`"${example.name}" starts by itself, all nodes`, async () => {
			const id = ids.get(example.name) ?? '';
			const start = example.nodes.find(({ type }) => isStart(type))!;
			await happen(start, tenant, known, n8n.url);
			const ended = async () =>
				(await rest.executionsOf(id)).filter(({ status }) => ['success', 'error'].includes(status));
			await until('an execution ends', async () => (await ended()).length > 0, PATIENCE, PAUSE);
			const execution = await rest.execution((await ended())[0]?.id ?? '');
			const outputs = (name: string) => outputsOf(execution, name);
			deepEqual(silentNodes(example.nodes, example.connections, outputs, [start.name]), []);
			equal((await ended()).length, 1, 'executions');
		});
	}
	await report.check('the messages name what happened', () => {
		const sent = services.sent();
		match(sent, /is offline since/);
		match(sent, /was published at/);
		match(sent, /was removed from Appspace/);
		match(sent, /Appspace reports/);
		match(sent, /To: leaver@example\.com/);
		match(sent, /has checked in/);
		match(sent, /Free again: \p{L}/u);
		match(sent, /leaver@example\.com can no longer sign in/);
		match(sent, /new\.colleague@example\.com: created, in the group Reception/);
		ok(!/undefined|\[object/.test(sent), sent);
	});
	await services.close();
}

function isStart(type: string): boolean {
	return [triggerNodeType, WEBHOOK, FORM].includes(type);
}

/** Makes the event, calls the webhook, or sends the form. Checks what a caller gets. */
async function happen(
	{ type, parameters }: INode,
	tenant: Sandbox,
	{ room }: ExampleTenant,
	url: string,
): Promise<void> {
	if (type === FORM) return await submit(parameters, room, url);
	if (type === WEBHOOK) {
		const path = String(parameters.path);
		const isGet = parameters.httpMethod === 'GET';
		const response = await request(`${url}/webhook/${path}${isGet ? `?room=${room.id}` : ''}`, {
			method: isGet ? 'GET' : 'POST',
			...(!isGet && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ text: '6' }),
			}),
		});
		const text = await response.body.text();
		equal(response.statusCode, 200, text);
		if (path === 'appspace-extend') match(text, /^The room is yours until \d\d:\d\d\.$/);
		if (path === 'appspace-free-room') match(text, / seats\)|No room is free/);
		return;
	}
	const event = String(parameters.event);
	if (event === 'userCreated') addUser(tenant, { email: 'leaver@example.com', firstName: 'Lee' });
	else changes[event]?.make(tenant);
}

/** Fills in a form by the labels of its fields, and sends it as a browser does. */
async function submit(
	{ options, formFields }: INode['parameters'],
	room: ExampleTenant['room'],
	url: string,
): Promise<void> {
	const { path } = options as { path: string };
	const { values } = formFields as { values: Array<{ fieldLabel: string }> };
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	const answers: Record<string, string> = {
		'First name': 'New',
		'Last name': 'Colleague',
		Email: path === 'appspace-offboard' ? 'leaver@example.com' : 'new.colleague@example.com',
		'Email of the visitor': 'visitor@example.com',
		'Email of the host': 'leaver@example.com',
		...{ Department: 'Front Desk', 'Job title': 'Receptionist', Group: 'Reception' },
		...{ Room: room.name, Day: tomorrow, Time: '14:30', Reason: 'Renovation' },
	};
	const body = new FormData();
	for (const [index, { fieldLabel }] of values.entries()) {
		ok(answers[fieldLabel], `no answer for "${fieldLabel}"`);
		body.append(`field-${index}`, answers[fieldLabel]);
	}
	const response = await request(`${url}/form/${path}`, { method: 'POST', body });
	equal(response.statusCode, 200, await response.body.text());
}
