import type { IDataObject } from 'n8n-workflow';
import { isSameText } from '../runtime/pick';
import { entries, textOf, type Value } from '../transport/scim/attributes';
import { memberId, spellingsIn } from './members';

/** A user in a group, with a name for people to read. */
export interface Member {
	id: string;
	name: string;
}

/** What has to change until exactly the wanted users are members. Nested groups stay. */
export interface MemberPlan {
	added: Member[];
	removed: Member[];
	unchanged: Member[];
	/** The IDs of members that are groups. */
	nested: string[];
}

/** What an entry of `members` is, by its `type` or else its `$ref` (RFC 7643 4.2); both are optional. */
export function kindOfMember(entry: Value): 'user' | 'group' | 'unclear' {
	const type = textOf(entry, 'type');
	const reference = textOf(entry, '$ref') ?? '';
	if (isSameText(type, 'Group') || (!type && /(^|\/)Groups\/[^/]+\/?$/i.test(reference))) {
		return 'group';
	}
	return isSameText(type, 'User') || /(^|\/)Users\/[^/]+\/?$/i.test(reference) ? 'user' : 'unclear';
}

/** The members of a group that are not visibly groups. */
export function usersIn(group: IDataObject): Member[] {
	return membersIn(entries(group, 'members').filter((entry) => kindOfMember(entry) !== 'group'));
}

/** The IDs of members that may be users or groups: the service does not say. */
export function unclearMembers(group: IDataObject): string[] {
	return idsOf(entries(group, 'members').filter((entry) => kindOfMember(entry) === 'unclear'));
}

/**
 * Compares the members of a group with the wanted ones. Ignores the case of IDs (RFC 7643 8.7.1).
 *
 * @param wanted each user once
 * @param isGroup whether an ID from `unclearMembers` belongs to a group
 */
export function memberPlan(
	group: IDataObject,
	wanted: Member[],
	isGroup: (id: string) => boolean,
): MemberPlan {
	const all = entries(group, 'members');
	const isNested = (entry: Value) => {
		const kind = kindOfMember(entry);
		return kind === 'group' || (kind === 'unclear' && isGroup(memberId(entry) ?? ''));
	};
	const present = membersIn(all.filter((entry) => !isNested(entry)));
	const presentSpelling = spellingsIn(present.map(({ id }) => id));
	const wantedIn = new Map(wanted.map((user) => [presentSpelling(user.id), user]));
	return {
		added: wanted.filter(({ id }) => presentSpelling(id) === undefined),
		removed: present.filter(({ id }) => !wantedIn.has(id)),
		unchanged: present
			.filter(({ id }) => wantedIn.has(id))
			.map(({ id, name }) => ({ id, name: wantedIn.get(id)?.name ?? name })),
		nested: idsOf(all.filter(isNested)),
	};
}

/** Whether a group has exactly the members that the plan leads to. */
export function isAsPlanned(group: IDataObject, plan: MemberPlan): boolean {
	const lower = (ids: string[]) => new Set(ids.map((id) => id.toLowerCase()));
	const expected = lower(
		[...plan.added, ...plan.unchanged].map(({ id }) => id).concat(plan.nested),
	);
	const present = lower(idsOf(entries(group, 'members')));
	return present.size === expected.size && [...present].every((id) => expected.has(id));
}

/** The members in these entries, each once, named by what the service displays or by their ID. */
function membersIn(list: Value[]): Member[] {
	const byId = new Map<string, Member>();
	for (const entry of list) {
		const id = memberId(entry);
		if (id !== undefined && !byId.has(id)) {
			byId.set(id, { id, name: textOf(entry, 'display') ?? id });
		}
	}
	return [...byId.values()];
}

function idsOf(list: Value[]): string[] {
	return [...new Set(list.map(memberId).filter((id) => id !== undefined))];
}
