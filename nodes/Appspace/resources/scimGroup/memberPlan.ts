import type { IDataObject } from 'n8n-workflow';
import { mostAllowed, tooMany } from '../../runtime/guard';
import { memberId } from '../../scim/members';
import { isRecord } from '../../transport/record';
import { attribute, entries, textOf, type Value } from '../../transport/scim/attributes';

export const MOST = 'Most Removals';

/** A user who joins or leaves a group. */
export interface Member {
	id: string;
	/** For people: the user name, or what the group shows. */
	name: string;
}

/** What makes the members of a group the wanted ones. */
export interface MemberPlan {
	added: Member[];
	removed: Member[];
	unchanged: number;
}

/**
 * Compares the members of a group with the wanted users. Groups among the members are not users and stay.
 *
 * @param mostRemovals the value of the parameter
 * @throws RequestFailed if more members would be removed than is allowed
 */
export function planFor(
	group: IDataObject,
	users: IDataObject[],
	mostRemovals: unknown,
): MemberPlan {
	const present = userMembers(group);
	const wanted = new Map(users.map((user) => [keyOf(attribute(user, 'id')), user]));
	const known = new Set(present.map(({ id }) => keyOf(id)));
	const added = [...wanted]
		.filter(([key]) => !known.has(key))
		.map(([, user]) => ({ id: String(attribute(user, 'id')), name: nameOf(user) }));
	const removed = present.filter(({ id }) => !wanted.has(keyOf(id)));
	const most = mostAllowed(mostRemovals, present.length, MOST);
	if (removed.length > most) {
		const names = removed.map(({ name }) => name);
		throw tooMany({ what: 'This would remove', names, most, all: present.length }, MOST);
	}
	return { added, removed, unchanged: present.length - removed.length };
}

/** The entries of a group that are not these users. */
export function entriesWithout(group: IDataObject, removed: Member[]): Value[] {
	const gone = new Set(removed.map(({ id }) => keyOf(id)));
	return entries(group, 'members').filter((entry) => !gone.has(keyOf(memberId(entry))));
}

function userMembers(group: IDataObject): Member[] {
	return entries(group, 'members').flatMap((entry) => {
		const id = memberId(entry);
		return id === undefined || isGroup(entry) ? [] : [{ id, name: textOf(entry, 'display') ?? id }];
	});
}

/** Whether a member is a group itself (RFC 7643 4.2: `type`, or the address in `$ref`). */
function isGroup(entry: Value): boolean {
	if (!isRecord(entry)) return false;
	const type = textOf(entry, 'type');
	if (type !== undefined) return type.toLowerCase() === 'group';
	return /\/Groups\//i.test(textOf(entry, '$ref') ?? '');
}

function nameOf(user: IDataObject): string {
	return textOf(user, 'userName') ?? String(attribute(user, 'id'));
}

/** IDs are compared without regard to case (RFC 7643 8.7.1). */
function keyOf(id: unknown): string {
	return String(id).toLowerCase();
}
