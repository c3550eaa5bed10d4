import type { Call } from '../../runtime/operation';
import { badInput } from '../../transport/failure';
import { userNameIn } from './scimUserFields';
import { keyIn, type Wanted } from './synchronization';
import type { Settings } from './synchronizeFields';

/**
 * What the items want, before anything is read or written.
 *
 * @throws RequestFailed if an item names nobody, or two items name the same user
 */
export function wantedUsers(calls: Call[], matchBy: Settings['matchBy']): Wanted[] {
	const wanted = calls.map((call, item) => wantedIn(call, item, matchBy));
	for (const keyOf of [
		({ key }: Wanted) => key,
		({ userName }: Wanted) => keyIn(userName, 'userName'),
	]) {
		refuseTwins(wanted, keyOf);
	}
	return wanted;
}

function wantedIn(call: Call, item: number, matchBy: Settings['matchBy']): Wanted {
	const given = call.collection('additionalFields');
	const userName = nameIn(call, item);
	const matched = matchBy === 'userName' ? userName : String(given.externalId ?? '').trim();
	if (matched !== '') return { item, userName, given, key: keyIn(matched, matchBy) };
	throw badInput(
		`The user field "External ID" of item ${item} is empty`,
		'Nothing was changed. Match By is External ID, so each item needs one.',
	);
}

function nameIn(call: Call, item: number): string {
	if (call.text('userName') !== '') return userNameIn(call);
	throw badInput(
		`The parameter "User Name (Email)" of item ${item} is empty`,
		'Nothing was changed. Each item needs a user name. Remove empty rows before this node.',
	);
}

function refuseTwins(wanted: Wanted[], keyOf: (one: Wanted) => string): void {
	const seen = new Map<string, Wanted>();
	for (const one of wanted) {
		const twin = seen.get(keyOf(one));
		if (twin) {
			throw badInput(
				`Item ${twin.item} and item ${one.item} are the same user: "${twin.userName}" and "${one.userName}"`,
				'Nothing was changed. Remove one of them, such as with a Remove Duplicates node.',
			);
		}
		seen.set(keyOf(one), one);
	}
}
