import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { badInput, type RequestFailed } from '../transport/failure';
import { attribute, entries, entryValue, textOf, type Value } from '../transport/scim/attributes';

/** How many groups to search for one that shows members. */
const GROUPS_TO_LOOK_AT = 100;

/**
 * The ID in an entry of `members`, which is an object or a plain ID. Without `value`, it is the last part
 * of `$ref` (RFC 7643 4.2).
 *
 * @returns undefined if the entry contains no ID
 */
export function memberId(entry: Value): string | undefined {
	const value = entryValue(entry) ?? textOf(entry, '$ref')?.replace(/\/+$/, '').split('/').at(-1);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The IDs of the members that a group shows, in their original spelling. */
export function memberIds(group: IDataObject): string[] {
	return entries(group, 'members')
		.map(memberId)
		.filter((id) => id !== undefined);
}

/**
 * Returns a function that finds an ID in the list, in the spelling of the list, or returns undefined.
 * Ignores case (RFC 7643 8.7.1) but prefers an exact match.
 */
export function spellingsIn(ids: string[]): (id: string) => string | undefined {
	const exact = new Set(ids);
	const byName = new Map([...ids].reverse().map((id) => [id.toLowerCase(), id]));
	return (id) => (exact.has(id) ? id : byName.get(id.toLowerCase()));
}

/** The group's members without these IDs, the other entries unchanged. */
export function membersWithout(group: IDataObject, ids: string[]): Value[] {
	const gone = new Set(ids);
	return entries(group, 'members').filter((entry) => !gone.has(memberId(entry) ?? ''));
}

/** The group's members, followed by these IDs. */
export function membersWith(group: IDataObject, ids: string[]): Value[] {
	return [...entries(group, 'members'), ...ids.map((value) => ({ value }))];
}

/**
 * Whether the service shows all members of a group. Some services never show members: they omit the list or
 * leave it empty. So an empty list counts only if another group of the tenant shows members.
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

/** Throws if a group may have members that the service does not show: a PUT would remove them. */
export async function refuseUnseenMembers(call: Call, group: IDataObject): Promise<void> {
	const isEmpty = entries(group, 'members').length === 0;
	if (isEmpty && !(await showsMembers(call, group))) throw unseenMembers(group);
}

/** The message for a change that would lose members. */
export function unseenMembers(group: IDataObject): RequestFailed {
	const name = textOf(group, 'displayName') ?? String(attribute(group, 'id'));
	return badInput(
		`Appspace does not show the members of the group "${name}"`,
		'Nothing was sent. The SCIM service of this tenant can only replace a whole group, so hidden members would be lost. Change the group in the Appspace console.',
	);
}
