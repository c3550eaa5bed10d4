import { ok } from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';

import { changes, parametersFor } from '../engine/trigger/changes.mts';
import type { Context } from '../n8n/checks/context.mts';
import { Published, triggeredWorkflow, triggerNode } from '../n8n/triggerWorkflow.mts';
import { until } from '../support/until.mts';
import { everySpelling } from './spellings.mts';

/** Every request but those for tokens. */
const CALLS = /^(?!\/api\/v3\/authorization)/;
const PATIENCE = 60_000;
const PAUSE = 150;

/**
 * Publishes a trigger for each event. What it waits for happens, and then Appspace refuses everything with
 * answers that quote the secrets. Returns what n8n keeps as the state of the triggers.
 */
export async function playTriggers(context: Context): Promise<Map<string, string>> {
	const { rest } = context;
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Triggers', context.applicationToken(tenant));
	for (const { before } of Object.values(changes)) before?.(tenant);
	const published: Published[] = [];
	for (const event of Object.keys(changes)) {
		const parameters = parametersFor(event, tenant) as IDataObject;
		const workflow = triggeredWorkflow(triggerNode(parameters, credential));
		published.push(await Published.publish(rest, workflow));
	}
	for (const { make } of Object.values(changes)) make(tenant);
	await until(
		'most events are told',
		async () => {
			const told = await Promise.all(published.map(async (one) => (await one.told()).length > 0));
			// Some changes undo others.
			return told.filter(Boolean).length > published.length / 2;
		},
		PATIENCE,
		PAUSE,
	);
	const sent = tenant.requests.map(({ headers }) => headers.authorization ?? '');
	const tokens = [...new Set(sent)].map((header) => header.replace(/^Bearer /, ''));
	const secrets = [tenant.subjectId, tenant.refreshToken, ...tokens].filter(Boolean);
	const body = { message: `Denied: ${everySpelling(secrets)}` };
	tenant.fault({ path: CALLS, status: 400, body, times: Infinity });
	const hasFailed = async (one: Published) => (await one.count('error')) > 0;
	await until(
		'every trigger fails',
		async () => (await Promise.all(published.map(hasFailed))).every(Boolean),
		PATIENCE,
		PAUSE,
	);
	const states = new Map<string, string>();
	for (const { id } of published) {
		const { staticData } = await rest.call<{ staticData: unknown }>('GET', `/rest/workflows/${id}`);
		states.set(`static data of ${id}`, JSON.stringify(staticData));
		await rest.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}
	ok(
		[...states.values()].some((state) => state.length > 100),
		'no trigger has a state',
	);
	return states;
}
