import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import type { Call } from '../../runtime/operation';
import { firstOfAny } from '../../scim/alternatives';
import { listOf } from '../../scim/listing';
import { badInput, catchStatus, isRefusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute, entries, entryValue } from '../../transport/scim/attributes';
import { addressFilters, hasAddress, userNamed } from '../scimUser/scimUserRecord';

/** What users are named by. */
export type NamedBy = 'id' | 'userName' | 'email';

/** Up to so many users, a request for each costs less than reading the whole list. */
const FEW = 10;

/**
 * The users with these names, in their order.
 *
 * @throws RequestFailed that names the users who cannot be found: a group without them would be wrong
 */
export async function findUsers(
	call: Call,
	namedBy: NamedBy,
	names: string[],
): Promise<IDataObject[]> {
	const one = names.length > FEW ? undefined : oneByOne(call, namedBy);
	const found = await Promise.all(
		names.map(async (name) => {
			// A filter may mind the case of letters, so the list has the last word.
			return (await one?.(name)) ?? (await inList(call, namedBy))(name);
		}),
	);
	const unknown = names.filter((_, index) => found[index] === undefined);
	if (unknown.length > 0) throw notFound(unknown, names.length);
	return found.filter((user) => user !== undefined);
}

function oneByOne(
	call: Call,
	namedBy: NamedBy,
): (name: string) => Promise<IDataObject | undefined> {
	return async (name) =>
		await call.memoize(`user by ${namedBy} ${name.toLowerCase()}`, async () => {
			if (namedBy === 'userName') return await userNamed(call, name);
			const isIt = (user: IDataObject) => hasAddress(user, name);
			if (namedBy === 'email') return await firstOfAny(call, 'Users', addressFilters(name), isIt);
			const user = await catchStatus(call.record({ path: path`Users/${name}` }), 404);
			return isRefusal(user) ? undefined : user;
		});
}

/** All users are read once for all items of the run. */
async function inList(
	call: Call,
	namedBy: NamedBy,
): Promise<(name: string) => IDataObject | undefined> {
	const byName = await call.memoize(`all users by ${namedBy}`, async () => {
		const users = await listOf(call, 'Users', { filter: '', all: true, whole: true });
		const names = new Map<string, IDataObject>();
		for (const user of users) {
			for (const name of namesOf(user, namedBy)) {
				if (!names.has(name)) names.set(name, user);
			}
		}
		return names;
	});
	return (name) => byName.get(name.toLowerCase());
}

function namesOf(user: IDataObject, namedBy: NamedBy): string[] {
	const own = attribute(user, namedBy === 'id' ? 'id' : 'userName');
	const emails = namedBy === 'email' ? emailsOf(user) : [];
	return [own, ...emails]
		.filter((name) => typeof name === 'string' || typeof name === 'number')
		.map((name) => String(name).toLowerCase());
}

function notFound(names: string[], all: number) {
	return badInput(
		`${names.length} of ${all} members cannot be found: ${firstFew(names)}`,
		'The group was not changed. Create these users first, or remove them from the list. A user that Appspace hides, such as a deactivated one, cannot be found either.',
	);
}

function emailsOf(user: IDataObject): unknown[] {
	return entries(user, 'emails').map(entryValue);
}
