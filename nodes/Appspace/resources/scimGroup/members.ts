import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { attribute, entries, keyOf, versionOf } from '../../transport/scim/attributes';
import { notWritten } from '../../scim/change';
import { patchWith, replacementOf } from '../../scim/changes';
import { featuresOf } from '../../scim/features';
import { quoted } from '../../scim/filter';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';

/**
 * Adds users to a group or removes them, and reads back what came of it. What is so already is not sent.
 * By PATCH the others are not even mentioned; without it the whole list is written.
 *
 * @returns the group, who was added or removed, and how many are in it
 * @throws RequestFailed also when the group is not as it should be afterwards
 */
export async function changeMembers(call: Call, way: 'add' | 'remove'): Promise<IDataObject> {
	const groupPath = path`Groups/${call.id('scimGroupId')}`;
	const named = call.ids('memberIds');
	if (named.length === 0) {
		throw badInput('The parameter "SCIM Users" is empty', 'Pick a user, or enter SCIM IDs.');
	}
	return await call.runExclusive(groupPath, async () => {
		const before = await call.record({ path: groupPath });
		const present = memberIds(before);
		const affected = named.filter((id) => present.includes(id) === (way === 'remove'));
		if (affected.length === 0) return report(before, way, []);

		const { patch, etag } = await featuresOf(call);
		const ifMatch = etag && !patch ? versionOf(before) : undefined;
		const body = patch
			? patchWith(way === 'add' ? [addition(affected)] : affected.map(removal))
			: replacementOf(before, { members: membersAfter(before, way, affected) });
		await call.request({
			...{ method: patch ? 'PATCH' : 'PUT', path: groupPath, body, ifMatch },
			acceptsText: true,
		});

		const after = await call.record({ path: groupPath });
		const ids = memberIds(after);
		const isDone = affected.every((id) => ids.includes(id) === (way === 'add'));
		const others = present.filter((id) => !affected.includes(id));
		if (!isDone || !others.every((id) => ids.includes(id))) throw notWritten('The members');
		return report(after, way, affected);
	});
}

function addition(ids: string[]): IDataObject {
	return { op: 'add', path: 'members', value: ids.map((value) => ({ value })) };
}

/** One user of the list (RFC 7644 3.5.2.2). */
function removal(id: string): IDataObject {
	return { op: 'remove', path: `members[value eq ${quoted(id)}]` };
}

function membersAfter(group: IDataObject, way: 'add' | 'remove', ids: string[]): IDataObject[] {
	const members = entries(group, 'members');
	if (way === 'add') return [...members, ...ids.map((value) => ({ value }))];
	return members.filter((member) => !ids.includes(String(attribute(member, 'value'))));
}

function memberIds(group: IDataObject): string[] {
	return entries(group, 'members').map((member) => String(member[keyOf(member, 'value')]));
}

function report(group: IDataObject, way: 'add' | 'remove', ids: string[]): IDataObject {
	return {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName'),
		[way === 'add' ? 'added' : 'removed']: ids,
		memberCount: entries(group, 'members').length,
	};
}
