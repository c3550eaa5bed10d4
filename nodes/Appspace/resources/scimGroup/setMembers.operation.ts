import type { IDataObject } from 'n8n-workflow';
import { isPreview } from '../../fields/mode';
import { firstFew } from '../../runtime/firstFew';
import { refuseTooMany } from '../../runtime/guard';
import type { Call, Operation } from '../../runtime/operation';
import { usersIn } from '../../scim/memberPlan';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { namesIn, refuseSecondList } from './memberList';
import { REMOVALS, setMembersFields } from './setMembersFields';
import { reportOf, simplifyReport } from './setMembersReport';
import { wantedUsers, type NamedBy } from './wantedUsers';
import { carryOut, planFor, requestsFor } from './wholeMembership';

export const setMembers: Operation = {
	value: 'setMembers',
	name: 'Set Members',
	action: 'Set members of provisioned group',
	description: 'Add and remove users until a group has exactly the members in a list',
	effect: 'write',
	effectOn: (call) => (isPreview(call.text('mode')) ? 'read' : 'write'),
	endpoints: [
		'GET /identity/scim/Groups/{id}',
		'PATCH /identity/scim/Groups/{id}',
		'GET /identity/scim/Users',
		'GET /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: setMembersFields,
	simplify: simplifyReport,

	async run(call) {
		const groupPath = path`Groups/${call.id('scimGroupId')}`;
		const names = namesIn(call);
		await refuseSecondList(call, groupPath, names);
		if (!isPreview(call.text('mode'))) {
			return await call.runExclusive(groupPath, async () => {
				return await setAll(call, groupPath, names, false);
			});
		}
		call.hint('This is a preview: nothing was written. To write the changes, set Mode to Apply.');
		return await setAll(call, groupPath, names, true);
	},
};

/** Preview takes the same way as Apply, up to the first write. */
async function setAll(
	call: Call,
	groupPath: string,
	names: string[],
	isOnlyPreview: boolean,
): Promise<IDataObject> {
	const group = await call.record({ path: groupPath });
	const by = call.text('identifyBy') as NamedBy;
	const ifNotFound = call.text('ifNotFound');
	const { users, notFound } = await wantedUsers(call, by, names, usersIn(group));
	if (notFound.length > 0 && (ifNotFound !== 'skip' || users.length === 0)) {
		throw badInput(
			`${notFound.length} of ${names.length} users were not found: ${firstFew(notFound)}`,
			'Nothing was written for this group. Correct the list, create the users first, or choose Set the Others in "If Users Are Not Found".',
		);
	}
	const plan = await planFor(call, group, users);
	const scope = plan.removed.length + plan.unchanged.length;
	const leavers = plan.removed.map(({ name }) => name);
	refuseTooMany(leavers, scope, call.text('mostRemovals'), REMOVALS);
	const requests = await requestsFor(call, groupPath, group, plan);
	if (!isOnlyPreview) await carryOut(call, groupPath, requests, plan);
	return reportOf(group, plan, notFound);
}
