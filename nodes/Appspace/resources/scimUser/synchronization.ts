import type { IDataObject } from 'n8n-workflow';
import { refuseTooMany } from '../../runtime/guard';
import { isSameText } from '../../runtime/pick';
import { changesTo, type Change } from '../../scim/changes';
import { badInput, type RequestFailed } from '../../transport/failure';
import { attribute, type Value } from '../../transport/scim/attributes';
import { isProtected } from './protectedUsers';
import { attributesIn, newUser } from './scimUserFields';
import { isActive } from './scimUserRecord';
import { DEACTIVATIONS, type Settings } from './synchronizeFields';

/** What an item wants. */
export interface Wanted {
	item: number;
	userName: string;
	given: IDataObject;
	/** What the user is recognized by, as `keyIn` gives it. */
	key: string;
}

export type Outcome = 'created' | 'updated' | 'reactivated' | 'deactivated' | 'unchanged';

/** What happens to one user. */
export interface Step {
	outcome: Outcome;
	userName: string;
	/** The input items that it comes from. */
	items: number[];
	/** The user as listed; absent for a new one. */
	user?: IDataObject;
	/** The attributes to set, for a user as it is then. */
	attributes: (user?: IDataObject) => IDataObject;
	changes: Array<Change & { from: Value }>;
	/** Why nothing can happen to the user. */
	conflict?: RequestFailed;
	/** Whether the user would change, but is protected. */
	isSpared?: boolean;
	/** The step for a new user, if another client has created this user in the meantime. */
	ifPresent?: (user: IDataObject) => Step;
}

/** What the directory has, and which of it the list may deactivate. */
export interface Directory {
	users: IDataObject[];
	isInScope: (user: IDataObject) => boolean;
}

/**
 * The steps that make the directory agree with the list: first those for the items, in their order, then
 * the deactivations of users who are not on it.
 *
 * @throws RequestFailed if more users of the scope would be deactivated than is allowed
 */
export function stepsFor(wanted: Wanted[], directory: Directory, settings: Settings): Step[] {
	const byKey = groupedBy(directory.users, (user) => keyOf(user, settings.matchBy));
	const byName = groupedBy(directory.users, (user) => keyOf(user, 'userName'));
	const kept = new Set<IDataObject>();
	const listed = wanted.map((one): Step => {
		const found = byKey.get(one.key) ?? [];
		const named = byName.get(keyIn(one.userName, 'userName')) ?? [];
		for (const user of [...found, ...named]) kept.add(user);
		const [user, ...others] = found;
		if (others.length > 0) return conflict(one, ambiguous(one, found));
		if (user) return spared(changeOf(one, user, settings), settings);
		if (named.length > 0) return conflict(one, otherwiseKnown(one));
		return spared(creation(one, settings), settings);
	});
	const scope = directory.users.filter(
		(user) => isActive(user) !== false && directory.isInScope(user),
	);
	const missing = scope
		.filter((user) => !kept.has(user))
		.map((user) => deactivation(user, wanted.length))
		.filter((step) => !isProtected(step, settings.protectedUsers));
	const inScope = new Set(scope);
	const leavers = [...listed, ...missing].filter(({ outcome, user }) => {
		return outcome === 'deactivated' && user !== undefined && inScope.has(user);
	});
	const names = leavers.map(({ user }) => String(attribute(user, 'userName')));
	refuseTooMany(names, scope.length, settings.mostDeactivations, DEACTIVATIONS);
	return [...listed, ...missing];
}

/** What a user is recognized by; empty if the user does not have it. */
function keyOf(user: IDataObject, matchBy: Settings['matchBy']): string {
	const value = attribute(user, matchBy);
	return typeof value === 'string' || typeof value === 'number'
		? keyIn(String(value), matchBy)
		: '';
}

/** A text as it is compared: IDs may differ by letter case alone (RFC 7643 3.1), user names may not (4.1.1). */
export function keyIn(text: string, matchBy: Settings['matchBy']): string {
	return matchBy === 'userName' ? text.toLowerCase() : text;
}

function groupedBy(
	users: IDataObject[],
	keyFor: (user: IDataObject) => string,
): Map<string, IDataObject[]> {
	const groups = new Map<string, IDataObject[]>();
	for (const user of users) {
		const key = keyFor(user);
		const group = groups.get(key);
		if (group) group.push(user);
		else if (key !== '') groups.set(key, [user]);
	}
	return groups;
}

function creation(one: Wanted, settings: Settings): Step {
	const { item, userName, given, key } = one;
	const user = newUser(userName, given);
	return {
		...{ outcome: 'created', userName, items: [item], attributes: () => user },
		changes: changesTo({}, user)
			.filter(({ path }) => path !== 'schemas')
			.map((change) => ({ ...change, from: null })),
		ifPresent: (found) =>
			keyOf(found, settings.matchBy) === key
				? changeOf(one, found, settings)
				: conflict(one, otherwiseKnown(one)),
	};
}

function changeOf({ item, userName, given }: Wanted, user: IDataObject, settings: Settings): Step {
	// Somebody who is on the list is to be able to sign in, unless the list says otherwise.
	const isBack = isActive(user) === false && given.active === undefined;
	const named = settings.matchBy === 'externalId' ? { userName } : {};
	const attributes = (now = user) =>
		attributesIn({ ...(isBack && { active: true }), ...given, ...named }, now);
	const changes = changesWithOld(user, attributes());
	const active = changes.find(({ path }) => isSameText(path, 'active'));
	const outcome =
		changes.length === 0
			? 'unchanged'
			: active?.value === true
				? 'reactivated'
				: active?.value === false
					? 'deactivated'
					: 'updated';
	return { outcome, userName, items: [item], user, attributes, changes };
}

function changesWithOld(user: IDataObject, attributes: IDataObject): Step['changes'] {
	const old = new Map<string, Value>();
	changesTo(user, attributes, (present, _wanted, path) => {
		old.set(path, present);
		return true;
	});
	return changesTo(user, attributes).map((change) => ({
		...change,
		from: old.get(change.path) ?? null,
	}));
}

function deactivation(user: IDataObject, items: number): Step {
	return {
		...{ outcome: 'deactivated', userName: String(attribute(user, 'userName')), user },
		items: Array.from({ length: items }, (_, item) => item),
		attributes: () => ({ active: false }),
		changes: [{ path: 'active', value: false, from: attribute(user, 'active') ?? null }],
	};
}

/** The step, or none for a protected user. */
function spared(step: Step, settings: Settings): Step {
	if (step.outcome === 'unchanged' || !isProtected(step, settings.protectedUsers)) return step;
	return { ...step, outcome: 'unchanged', changes: [], isSpared: true };
}

function conflict({ item, userName }: Wanted, failure: RequestFailed): Step {
	return {
		...{ outcome: 'unchanged', userName, items: [item], attributes: () => ({}), changes: [] },
		conflict: failure,
	};
}

function ambiguous({ userName, key }: Wanted, found: IDataObject[]): RequestFailed {
	const names = found.map((user) => `"${String(attribute(user, 'userName'))}"`).join(', ');
	return badInput(
		`"${userName}" fits several users in Appspace: ${names} (${key})`,
		'Nothing was changed for this item. Give each of them a different External ID.',
	);
}

function otherwiseKnown({ userName }: Wanted): RequestFailed {
	return badInput(
		`"${userName}" exists in Appspace with another External ID, or with none`,
		'Nothing was changed for this item. Letter case counts in External IDs. Correct that of the user with Update, or match by User Name.',
	);
}
