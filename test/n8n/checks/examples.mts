import { deepEqual, ok } from 'node:assert/strict';

import { makeDepartmentGroup } from '../../support/departmentGroup.mts';
import { makeLeaver } from '../../support/leaver.mts';
import { makeMissedBooking } from '../../support/missedBooking.mts';
import { manualTriggerOf, readExamples, startsByItself } from '../examples.mts';
import { outputOf } from '../workflow.mts';
import type { Context } from './context.mts';

/**
 * Every workflow in `examples/` that starts by hand runs as it is, with only the credential filled in. See
 * triggeredExamples.mts for the others.
 */
export async function checkExamples(context: Context): Promise<void> {
	const { report, rest, tenant } = context;
	report.section('Examples');
	const credential = await context.createCredential('Examples', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Examples over SCIM', tenant);
	const all = await readExamples(credential, scim);
	const examples = all.filter((example) => !startsByItself(example));
	makeMissedBooking(tenant);
	makeLeaver(tenant);
	const department = makeDepartmentGroup(tenant);
	await report.check('there are examples', () => ok(examples.length > 0));
	for (const example of examples) {
		await report.check(`"${example.name}" runs, and each of its nodes has output`, async () => {
			const { id } = await rest.createWorkflow(example);
			const execution = await rest.run(id, manualTriggerOf(example));
			for (const { name, disabled, type } of example.nodes) {
				if (disabled || type === 'n8n-nodes-base.stickyNote') continue;
				ok(outputOf(execution, name).length > 0, `"${name}" has no output`);
			}
		});
	}
	await report.check('the group of a department has exactly its active users', () => {
		const group = tenant.tenant.scimGroups.find(({ id }) => id === department.id);
		const members = group?.members?.map(({ value }) => value);
		deepEqual(new Set(members), new Set(department.wanted));
	});
}
