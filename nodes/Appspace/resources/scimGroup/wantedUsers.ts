import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import type { Call } from '../../runtime/operation';
import { textIn } from '../../runtime/parameterValues';
import { listOfAny } from '../../scim/alternatives';
import { featuresOf } from '../../scim/features';
import { isExactly } from '../../scim/filter';
import { listOf } from '../../scim/listing';
import type { Member } from '../../scim/memberPlan';
import { badInput, catchStatus, isRefusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute, entries, entryValue } from '../../transport/scim/attributes';
import { addressFilters, userPathOf } from '../scimUser/scimUserRecord';

/** How a list names its users. */
export type NamedBy = 'userName' | 'email' | 'id';

export interface WantedUsers {
	/** Each user once, in the order of the list. */
	users: Member[];
	notFound: string[];
}

/** A user with all texts that name the user. */
interface Candidate extends Member {
	names: string[];
}

type Directory = Map<string, Candidate[]>;

/** How many users to look up one by one in a run. For more, reading the whole list costs less. */
const MOST_LOOKUPS = 10;

/**
 * The users that a list names, without regard to letter case. Looks up the first few of a run one by one,
 * then reads all users once for all items. Before a user counts as not found, the whole list was read: a
 * service may match case in filters. The ID of a member needs no request.
 *
 * @param present the users in the group
 * @throws RequestFailed if a name fits several users, or if the list of users cannot be read to its end
 */
export async function wantedUsers(
	call: Call,
	by: NamedBy,
	names: string[],
	present: Member[],
): Promise<WantedUsers> {
	const known = new Map(by === 'id' ? present.map((one) => [one.id.toLowerCase(), one]) : []);
	const isWorthAll = await countLookups(
		call,
		by,
		names.filter((name) => !known.has(name.toLowerCase())),
	);
	const found = isWorthAll
		? names.map(() => [])
		: await Promise.all(
				names.map(async (name) =>
					known.has(name.toLowerCase()) ? [] : await lookUp(call, by, name),
				),
			);
	const users = new Map<string, Member>();
	const notFound: string[] = [];
	for (const [index, name] of names.entries()) {
		const user =
			known.get(name.toLowerCase()) ??
			theOne(name, found[index] ?? []) ??
			// An ID that the service does not have is in no list.
			(by === 'id' && !isWorthAll ? undefined : theOne(name, await named(call, by, name)));
		if (user) users.set(user.id, { id: user.id, name: user.name });
		else notFound.push(name);
	}
	return { users: [...users.values()], notFound };
}

/** Whether this run looks for so many users that it should read all of them. */
async function countLookups(call: Call, by: NamedBy, names: string[]): Promise<boolean> {
	const sought = await call.memoize('users looked up', async () => {
		return await Promise.resolve(new Set<string>());
	});
	for (const name of names) sought.add(`${by} ${name.toLowerCase()}`);
	return sought.size > MOST_LOOKUPS || (by !== 'id' && !(await featuresOf(call)).filter);
}

/** The users with this name that the service finds. The filter may be ignored, so each is checked. */
async function lookUp(call: Call, by: NamedBy, name: string): Promise<Candidate[]> {
	return await call.memoize(`user ${by} ${name.toLowerCase()}`, async () => {
		if (by === 'id') {
			const user = await catchStatus(call.record({ path: path`Users/${name}` }), 404);
			return isRefusal(user) ? [] : [candidateOf(user, by)];
		}
		const alternatives = by === 'email' ? addressFilters(name) : [isExactly('userName', name)];
		const matches = (user: IDataObject) => hasName(namesOf(user, by), name);
		const found = await listOfAny(call, 'Users', [{ alternatives, matches, isEnough: true }]);
		return found.map((user) => candidateOf(user, by));
	});
}

async function named(call: Call, by: NamedBy, name: string): Promise<Candidate[]> {
	const directory = await call.memoize(`users by ${by}`, async () => await readAll(call, by));
	return directory.get(name.toLowerCase()) ?? [];
}

async function readAll(call: Call, by: NamedBy): Promise<Directory> {
	const all = await call.memoize('all users', async () => {
		return await listOf(call, 'Users', { filter: '', all: true, whole: true });
	});
	const directory: Directory = new Map();
	for (const user of all) {
		for (const name of new Set(namesOf(user, by).map((one) => one.toLowerCase()))) {
			const others = directory.get(name) ?? [];
			directory.set(name, [...others, candidateOf(user, by)]);
		}
	}
	return directory;
}

/** The only user with this name, or the only one with its letter case. */
function theOne(name: string, candidates: Candidate[]): Candidate | undefined {
	const users = [...new Map(candidates.map((one) => [one.id, one])).values()];
	if (users.length < 2) return users[0];
	const exact = users.filter(({ names }) => names.includes(name));
	if (exact.length === 1) return exact[0];
	throw badInput(
		`"${name}" fits ${users.length} users: ${firstFew(users.map(({ id }) => id))}`,
		'Nothing was written for this group. Identify the users by SCIM ID.',
	);
}

function candidateOf(user: IDataObject, by: NamedBy): Candidate {
	userPathOf(user);
	const id = textIn(attribute(user, 'id')) ?? '';
	return { id, name: textIn(attribute(user, 'userName')) ?? id, names: namesOf(user, by) };
}

/** The texts by which a list may name the user. A user name is often the address (appspace-api.md 2.4). */
function namesOf(user: IDataObject, by: NamedBy): string[] {
	const own = [attribute(user, by === 'id' ? 'id' : 'userName')];
	const values = by === 'email' ? [...own, ...entries(user, 'emails').map(entryValue)] : own;
	return values.map((one) => textIn(one) ?? '').filter((one) => one !== '');
}

function hasName(names: string[], name: string): boolean {
	return names.some((one) => one.toLowerCase() === name.toLowerCase());
}
