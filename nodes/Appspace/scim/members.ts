import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { badInput, type RequestFailed } from '../transport/failure';
import { attribute, entries, entryValue, textOf, type Value } from '../transport/scim/attributes';

/** How many groups are searched for one that shows members. */
const GROUPS_TO_LOOK_AT = 100;

/**
 * The ID in an entry of `members`, which is an object or the plain ID. Without `value`, the ID is the end of
 * `$ref` (RFC 7643 4.2).
 *
 * @returns undefined where the entry shows none
 */
export function memberId(entry: Value): string | undefined {
	const value = entryValue(entry) ?? textOf(entry, '$ref')?.replace(/\/+$/, '').split('/').at(-1);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The IDs of the members that a group shows, as it spells them. */
export function memberIds(group: IDataObject): string[] {
	return entries(group, 'members')
		.map(memberId)
		.filter((id) => id !== undefined);
}

/**
 * Finds an ID as the list spells it; undefined where it is not in it. Letter case does not count
 * (RFC 7643 8.7.1), but an ID that is there to the letter goes first.
 */
export function spellingsIn(ids: string[]): (id: string) => string | undefined {
	const exact = new Set(ids);
	const byName = new Map([...ids].reverse().map((id) => [id.toLowerCase(), id]));
	return (id) => (exact.has(id) ? id : byName.get(id.toLowerCase()));
}

/** The group's members without these IDs, each in the form in which it was read. */
export function membersWithout(group: IDataObject, ids: string[]): Value[] {
	const gone = new Set(ids);
	return entries(group, 'members').filter((entry) => !gone.has(memberId(entry) ?? ''));
}

/** The group's members, followed by these IDs. */
export function membersWith(group: IDataObject, ids: string[]): Value[] {
	return [...entries(group, 'members'), ...ids.map((value) => ({ value }))];
}

/**
 * Whether all members of a group can be seen. Some services never show members: they leave the list out, or
 * give an empty one. An empty list counts only if another group of the tenant shows members.
 */
export async function showsMembers(call: Call, group: IDataObject): Promise<boolean> {
	const present = entries(group, 'members');
	if (present.length > 0) return present.every((entry) => memberId(entry) !== undefined);
	return await call.memoize('whether groups show members', async () => {
		const query = { startIndex: 1, count: GROUPS_TO_LOOK_AT };
		const page = await call.record({ path: 'Groups', query });
		return entries(page, 'Resources').some((one) => entries(one, 'members').length > 0);
	});
}

/**
 * Throws if a group that may have members shows none: writing it whole would take them out.
 */
export async function refuseUnseenMembers(call: Call, group: IDataObject): Promise<void> {
	const isEmpty = entries(group, 'members').length === 0;
	if (isEmpty && !(await showsMembers(call, group))) throw unseenMembers(group);
}

/** The refusal of a change that would lose members. */
export function unseenMembers(group: IDataObject): RequestFailed {
	const name = textOf(group, 'displayName') ?? String(attribute(group, 'id'));
	return badInput(
		`Appspace does not show the members of the group "${name}"`,
		'Nothing was sent: the SCIM service of this tenant takes a group only as a whole, so members that it does not show would be lost. Change the group in the Appspace console.',
	);
}
