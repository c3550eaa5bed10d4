import { deepEqual } from 'node:assert/strict';

import type { Context } from '../n8n/checks/context.mts';
import { Published, triggeredWorkflow, triggerNode } from '../n8n/triggerWorkflow.mts';
import { addUser, listReads } from '../support/tenantLife.mts';
import { until } from '../support/until.mts';
import type { Sandbox } from '../../sandbox/server.mts';

/** In milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 150;

/** A published workflow starts when a user is created, once for each user. */
export async function checkPoll(context: Context): Promise<void> {
	const { report, rest } = context;
	report.section('Polling trigger');
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Poll', context.applicationToken(tenant));
	await report.check('the trigger tells a new user once', async () => {
		const trigger = triggerNode({ event: 'userCreated' }, credential);
		const published = await Published.publish(rest, triggeredWorkflow(trigger));
		await tellsOnly(published, tenant, [await newUser(tenant)]);
	});
}

/** Adds a user after the trigger has read the list once. Returns its ID. */
export async function newUser(tenant: Sandbox): Promise<string> {
	await until('the users are read', () => listReads(tenant) > 0, PATIENCE, PAUSE);
	await polls(tenant, 1);
	return addUser(tenant).id;
}

/** Expects that a trigger tells these users, nobody else, and nobody again in the next two polls. */
export async function tellsOnly(
	published: Published,
	tenant: Sandbox,
	ids: string[],
): Promise<void> {
	const told = async () => (await published.told()).map(({ id }) => id);
	await until('they are told', async () => (await told()).length >= ids.length, PATIENCE, PAUSE);
	await polls(tenant, 2);
	deepEqual(await told(), ids);
}

async function polls(tenant: Sandbox, more: number): Promise<void> {
	const from = listReads(tenant);
	await until(`${more} more polls`, () => listReads(tenant) >= from + more, PATIENCE, PAUSE);
}
