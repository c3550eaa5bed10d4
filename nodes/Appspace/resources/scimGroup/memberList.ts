import type { Call } from '../../runtime/operation';
import { badInput } from '../../transport/failure';

/**
 * The names in the parameter "Members".
 *
 * @throws RequestFailed for an empty list: an empty source must not remove everybody
 */
export function namesIn(call: Call): string[] {
	const names = call.ids('members');
	if (names.length > 0) return names;
	throw badInput(
		'The parameter "Members" is empty',
		'Nothing was written: an empty list often means that its source failed. To remove all users from the group, use Remove Members.',
	);
}

/**
 * Throws if an earlier item of this run has another list for the same group: each list would undo the one
 * before it, for example if a spreadsheet has a row for each member.
 */
export async function refuseSecondList(
	call: Call,
	groupPath: string,
	names: string[],
): Promise<void> {
	const lists = await call.memoize('member lists', async () => {
		return await Promise.resolve(new Map<string, string>());
	});
	const key = groupPath.toLowerCase();
	const list = JSON.stringify(names.map((name) => name.toLowerCase()).sort());
	const earlier = lists.get(key);
	lists.set(key, earlier ?? list);
	if (earlier === undefined || earlier === list) return;
	throw badInput(
		'Another item has a different list of members for the same group',
		'This list was not written, because it would undo the other one. Give each group a single item with all of its members, for example with a Summarize node before this node.',
	);
}
