import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { notWritten, wholeRecord } from '../../scim/change';
import { featuresOf } from '../../scim/features';
import { memberIds, showsMembers, spellingsIn, unseenMembers } from '../../scim/members';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute, versionOf } from '../../transport/scim/attributes';
import { findUsers, type NamedBy } from './findUsers';
import { entriesWithout, planFor, type Member, type MemberPlan } from './memberPlan';
import { patchMembers } from './members';

/** So many members go into one request. */
const BATCH = 200;
const MAX_NAMED = 10;

/**
 * Makes the users that the item names the members of a group, or says what that would change.
 *
 * @throws RequestFailed before anything is written if a user cannot be found, the list is empty, or too
 * many members would be removed
 */
export async function setMembersOf(call: Call): Promise<IDataObject> {
	const groupPath = path`Groups/${call.id('scimGroupId')}`;
	const names = call.ids('members');
	if (names.length === 0) throw nobody();
	const { mode, namedBy, mostRemovals } = call.values('mode', 'namedBy', 'mostRemovals');
	const work = async () => {
		const group = await call.record({ path: groupPath });
		if (!(await showsMembers(call, group))) throw unseenMembers(group);
		const users = await findUsers(call, namedBy as NamedBy, names);
		const plan = planFor(group, users, mostRemovals);
		const isChange = plan.added.length + plan.removed.length > 0;
		if (mode === 'apply' && isChange) {
			await write(call, groupPath, group, plan);
			const after = await call.record({ path: groupPath });
			if (!isAsPlanned(after, plan)) throw notWritten('The members');
		}
		return report(group, plan);
	};
	return mode === 'apply' ? await call.runExclusive(groupPath, work) : await work();
}

async function write(
	call: Call,
	groupPath: string,
	group: IDataObject,
	{ added, removed }: MemberPlan,
): Promise<void> {
	const { patch, etag } = await featuresOf(call);
	if (patch) {
		for (const ids of batches(added)) await patchMembers(call, groupPath, group, 'add', ids);
		for (const ids of batches(removed)) await patchMembers(call, groupPath, group, 'remove', ids);
		return;
	}
	const members = [...entriesWithout(group, removed), ...added.map(({ id: value }) => ({ value }))];
	await call.request({
		...{ method: 'PUT', path: groupPath, acceptsText: true },
		body: await wholeRecord(call, groupPath, group, { members }),
		ifMatch: etag ? versionOf(group) : undefined,
	});
}

function batches(members: Member[]): string[][] {
	const count = Math.ceil(members.length / BATCH);
	return Array.from({ length: count }, (_, index) => {
		return members.slice(index * BATCH, (index + 1) * BATCH).map(({ id }) => id);
	});
}

function isAsPlanned(after: IDataObject, { added, removed }: MemberPlan): boolean {
	const spelling = spellingsIn(memberIds(after));
	const isIn = ({ id }: Member) => spelling(id) !== undefined;
	return added.every(isIn) && !removed.some(isIn);
}

function report(group: IDataObject, { added, removed, unchanged }: MemberPlan): IDataObject {
	const counts = `${added.length} added, ${removed.length} removed, ${unchanged} unchanged`;
	const names = [named('+', added), named('-', removed)].filter((text) => text !== '');
	return {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName') ?? null,
		outcome: added.length + removed.length > 0 ? 'updated' : 'unchanged',
		summary: [counts, ...names].join('; '),
		added: added.map(({ id, name }) => ({ id, name })),
		removed: removed.map(({ id, name }) => ({ id, name })),
		unchanged,
	};
}

/** `+ mary@example.com, nathan@example.com` */
function named(sign: string, members: Member[]): string {
	if (members.length === 0) return '';
	const names = members.slice(0, MAX_NAMED).map(({ name }) => name);
	const more = members.length - names.length;
	return `${sign} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function nobody() {
	return badInput(
		'The parameter "Members" is empty',
		'The group was not changed: an empty list never empties a group. To remove the last members, use Remove Members.',
	);
}
