import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { notWritten, wholeRecord } from '../../scim/change';
import { patchWith } from '../../scim/changes';
import { featuresOf } from '../../scim/features';
import { listOf } from '../../scim/listing';
import {
	isAsPlanned,
	memberPlan,
	unclearMembers,
	type Member,
	type MemberPlan,
} from '../../scim/memberPlan';
import { memberIds, membersWith, membersWithout, showsMembers } from '../../scim/members';
import { badInput } from '../../transport/failure';
import { attribute, entries, textOf, versionOf } from '../../transport/scim/attributes';
import type { TenantRequest } from '../../transport/tenantRequest';
import { removal } from './members';

/** How many members one PATCH adds or removes, to keep requests for large groups small. */
const BATCH = 100;

/**
 * What has to change until the group has exactly these users, besides nested groups.
 *
 * @throws RequestFailed if the service shows members without their IDs: nobody could tell who is in
 */
export async function planFor(
	call: Call,
	group: IDataObject,
	wanted: Member[],
): Promise<MemberPlan> {
	if (entries(group, 'members').length > 0 && !(await showsMembers(call, group))) {
		throw hiddenMembers(group, 'Nothing was written.');
	}
	const wantedIds = new Set(wanted.map(({ id }) => id.toLowerCase()));
	const mayGo = unclearMembers(group).filter((id) => !wantedIds.has(id.toLowerCase()));
	const groups = mayGo.length > 0 ? await groupIds(call) : new Set<string>();
	return memberPlan(group, wanted, (id) => groups.has(id.toLowerCase()));
}

/** The IDs of all groups in lower case: a service may not say which members are groups. */
async function groupIds(call: Call): Promise<Set<string>> {
	return await call.memoize('IDs of all groups', async () => {
		const all = await listOf(call, 'Groups', { filter: '', all: true, whole: true });
		return new Set(all.map((group) => String(attribute(group, 'id')).toLowerCase()));
	});
}

/**
 * The requests that carry out a plan: PATCH in batches, additions first, or one PUT of the whole group.
 *
 * @throws RequestFailed if part of the group would be lost
 */
export async function requestsFor(
	call: Call,
	path: string,
	group: IDataObject,
	{ added, removed }: MemberPlan,
): Promise<TenantRequest[]> {
	if (added.length + removed.length === 0) return [];
	const [addedIds, removedIds] = [idsOf(added), idsOf(removed)];
	const { patch, etag } = await featuresOf(call);
	if (patch) {
		const additions = inBatches(addedIds).map((ids) => [
			{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) },
		]);
		const removals = inBatches(removedIds).map((ids) => ids.map(removal));
		return [...additions, ...removals].map((operations) => ({
			...{ method: 'PATCH', path, body: patchWith(operations), acceptsText: true },
		}));
	}
	const members = membersWith({ members: membersWithout(group, removedIds) }, addedIds);
	const body = await wholeRecord(call, path, group, { members });
	const ifMatch = etag ? versionOf(group) : undefined;
	return [{ method: 'PUT', path, body, ifMatch, acceptsText: true }];
}

/**
 * Sends the requests and reads the group back.
 *
 * @throws RequestFailed also if the group is not as planned afterwards
 */
export async function carryOut(
	call: Call,
	path: string,
	requests: TenantRequest[],
	plan: MemberPlan,
): Promise<void> {
	if (requests.length === 0) return;
	for (const request of requests) await call.request(request);
	const after = await call.record({ path });
	if (isAsPlanned(after, plan)) return;
	if (memberIds(after).length > 0) throw notWritten('The members');
	throw hiddenMembers(after, 'The wanted members were added, and nobody was removed.');
}

function hiddenMembers(group: IDataObject, outcome: string) {
	const name = textOf(group, 'displayName') ?? String(attribute(group, 'id'));
	return badInput(
		`Appspace does not show the members of the group "${name}"`,
		`${outcome} Without the present members, there is nothing to compare with. Use Add Members and Remove Members.`,
	);
}

function idsOf(members: Member[]): string[] {
	return members.map(({ id }) => id);
}

function inBatches(ids: string[]): string[][] {
	const count = Math.ceil(ids.length / BATCH);
	return Array.from({ length: count }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH));
}
