import { deepEqual, ok } from 'node:assert/strict';

import { makeExampleTenant } from '../../support/exampleTenant.mts';
import { silentNodes } from '../../support/silentNodes.mts';
import { ExampleServices } from '../exampleServices.mts';
import { readExamples, startsOf, waitsForSomebody } from '../examples.mts';
import { outputsOf } from '../workflow.mts';
import type { Context } from './context.mts';

/**
 * Every workflow in `examples/` that runs by hand or by schedule runs as it is, with only credentials and
 * addresses filled in. See outsideExamples.mts and approvedExample.mts for the others.
 */
export async function checkExamples(context: Context): Promise<void> {
	const { report, rest, tenant } = context;
	report.section('Examples');
	const credential = await context.createCredential('Examples', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Examples over SCIM', tenant);
	const services = await ExampleServices.start(rest);
	const all = await readExamples(credential, scim);
	const examples = all.filter((example) => !waitsForSomebody(example));
	const { department } = makeExampleTenant(tenant);
	await report.check('there are examples', () => ok(examples.length > 0));
	for (const example of examples) {
		for (const start of startsOf(example)) {
			await report.check(`"${example.name}" runs from "${start}", all nodes`, async () => {
				const { id } = await rest.createWorkflow(services.adapt(example));
				const execution = await rest.run(id, start);
				const outputs = (name: string) => outputsOf(execution, name);
				deepEqual(silentNodes(example.nodes, example.connections, outputs, [start]), []);
			});
		}
	}
	await report.check('the group of a department has exactly its active users', () => {
		const group = tenant.tenant.scimGroups.find(({ id }) => id === department.id);
		const members = group?.members?.map(({ value }) => value);
		deepEqual(new Set(members), new Set(department.wanted));
	});
	await report.check('what they send is complete', () => {
		const sent = services.sent();
		ok(sent.length > 0);
		ok(!/undefined|\[object/.test(sent), sent);
	});
	await services.close();
}
