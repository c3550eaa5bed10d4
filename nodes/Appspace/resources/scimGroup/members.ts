import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { notWritten, wholeRecord } from '../../scim/change';
import { patchWith } from '../../scim/changes';
import { featuresOf } from '../../scim/features';
import { quoted } from '../../scim/filter';
import {
	memberIds,
	membersWith,
	membersWithout,
	showsMembers,
	spellingsIn,
	unseenMembers,
} from '../../scim/members';
import { badInput, catchStatus, isRefusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute, entries, versionOf } from '../../transport/scim/attributes';

type Way = 'add' | 'remove';

/**
 * Adds users to a group or removes them, and reads the group back. Skips users that are already members when
 * adding, and users that are visibly not members when removing. PATCH sends only these users; without PATCH,
 * the whole list is written.
 *
 * @returns the group, the IDs added or removed, and the number of members
 * @throws RequestFailed also if the group is not as expected afterwards
 */
export async function changeMembers(call: Call, way: Way): Promise<IDataObject> {
	const groupPath = path`Groups/${call.id('scimGroupId')}`;
	const named = call.ids('memberIds');
	if (named.length === 0) {
		throw badInput('The parameter "SCIM Users" is empty', 'Pick a user, or enter SCIM IDs.');
	}
	return await call.runExclusive(groupPath, async () => {
		const before = await call.record({ path: groupPath });
		const affected = await affectedOf(call, before, way, named);
		if (affected.length === 0) return report(before, way, []);

		const isSent = (await featuresOf(call)).patch
			? await patchMembers(call, groupPath, before, way, affected)
			: await replace(call, groupPath, before, way, affected);
		const after = await call.record({ path: groupPath });
		// If the service does not show members, there is nothing to check.
		if (!(await hasVisibleMembers(call, before, after))) return report(after, way, isSent, false);
		if (!isAsWanted(before, after, way, isSent)) throw notWritten('The members');
		return report(after, way, isSent);
	});
}

/** The IDs to send, in the spelling that the group uses. */
async function affectedOf(
	call: Call,
	group: IDataObject,
	way: Way,
	named: string[],
): Promise<string[]> {
	const spelling = spellingsIn(memberIds(group));
	const isIn = (id: string) => spelling(id) !== undefined;
	if (way === 'add') return named.filter((id) => !isIn(id));
	// If the members are not visible, any removal may be necessary.
	const isNeeded = (await showsMembers(call, group)) ? isIn : () => true;
	return [...new Set(named.filter(isNeeded).map((id) => spelling(id) ?? id))];
}

/** Sends only the members that change. Returns the IDs that the service took. */
export async function patchMembers(
	call: Call,
	groupPath: string,
	group: IDataObject,
	way: Way,
	ids: string[],
): Promise<string[]> {
	const send = async (Operations: IDataObject[]) => {
		const body = patchWith(Operations);
		return await call.request({ method: 'PATCH', path: groupPath, body, acceptsText: true });
	};
	if (way === 'add') {
		await send([{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }]);
		return ids;
	}
	const present = new Set(memberIds(group));
	if (ids.every((id) => present.has(id))) {
		await send(ids.map(removal));
		return ids;
	}
	// One by one, because a service may refuse to remove a user who is not in the group.
	const removed: string[] = [];
	for (const id of ids) {
		const result = await catchStatus(send([removal(id)]), 400);
		if (!isRefusal(result)) removed.push(id);
		else if (result.failure.scimType !== 'noTarget') throw result;
	}
	return removed;
}

/** The PATCH operation that removes one member (RFC 7644 3.5.2.2). */
export function removal(id: string): IDataObject {
	return { op: 'remove', path: `members[value eq ${quoted(id)}]` };
}

async function replace(
	call: Call,
	groupPath: string,
	group: IDataObject,
	way: Way,
	ids: string[],
): Promise<string[]> {
	if (!(await showsMembers(call, group))) throw unseenMembers(group);
	const members = way === 'add' ? membersWith(group, ids) : membersWithout(group, ids);
	await call.request({
		...{ method: 'PUT', path: groupPath, acceptsText: true },
		body: await wholeRecord(call, groupPath, group, { members }),
		ifMatch: (await featuresOf(call)).etag ? versionOf(group) : undefined,
	});
	return ids;
}

function isAsWanted(before: IDataObject, after: IDataObject, way: Way, ids: string[]): boolean {
	const spelling = spellingsIn(memberIds(after));
	const isIn = (id: string) => spelling(id) !== undefined;
	const changed = new Set(ids);
	const others = memberIds(before).filter((id) => !changed.has(id));
	return ids.every((id) => isIn(id) === (way === 'add')) && others.every(isIn);
}

/** Whether the service shows members, which makes the result checkable. */
async function hasVisibleMembers(
	call: Call,
	before: IDataObject,
	after: IDataObject,
): Promise<boolean> {
	const shown = [before, after].flatMap(memberIds);
	return shown.length > 0 || (await showsMembers(call, after));
}

function report(group: IDataObject, way: Way, ids: string[], isChecked = true): IDataObject {
	return {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName'),
		[way === 'add' ? 'added' : 'removed']: ids,
		...(isChecked && { memberCount: entries(group, 'members').length }),
	};
}
