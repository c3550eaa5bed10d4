import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idsIn } from '../runtime/parameterValues';
import type { Call } from '../runtime/operation';
import { isShown } from '../runtime/mayMatch';
import { isSameText } from '../runtime/pick';
import { badInput, isRefusal, catchStatus } from '../transport/failure';
import { path } from '../transport/path';
import { locator, locatorOfSeveral } from './locators';

/** A person; `id` is set only for users of the tenant. */
export interface Person {
	email: string;
	name: string;
	id?: string;
}

/**
 * A parameter for users from the list, or for any email addresses.
 *
 * @param one the label of a single person
 */
export function peopleField(
	displayName: string,
	one: string,
	name: string,
	description: string,
): INodeProperties {
	const person = locator(one, name, 'searchUsers');
	return locatorOfSeveral(displayName, name, person, description, {
		displayName: 'By Email',
		placeholder: 'e.g. nathan@example.com, mary@example.com',
		hint: 'Email addresses or user IDs, separated by commas. An expression can also return a list.',
	});
}

/** The people that a parameter names. User IDs are looked up. */
export async function peopleIn(call: Call, value: unknown, label: string): Promise<Person[]> {
	const named = idsIn(value, label);
	return await Promise.all(
		named.map(async (one) => {
			return one.includes('@') ? { email: one, name: one } : await userById(call, one, label);
		}),
	);
}

/** The user with this ID, or for an empty ID, the service user that the API token acts as. */
export async function userOrSelf(call: Call, id: string, label: string): Promise<Person> {
	if (id !== '') return await userById(call, id, label);
	return asPerson(
		await call.memoize('users/me', async () => await call.record({ path: 'users/me' })),
	);
}

/** Whether two people are the same, by ID if both have one, otherwise by email address. */
export function isSamePerson(one: Partial<Person>, other: Partial<Person>): boolean {
	if (one.id && other.id) return isSameText(one.id, other.id);
	return Boolean(one.email) && isSameText(one.email, other.email);
}

/** Returns a function that tells whether a person is among these, by the rules of `isSamePerson`. */
export function samePersonIn(people: Array<Partial<Person>>): (other: Partial<Person>) => boolean {
	const lower = (text = '') => text.toLowerCase();
	const ids = new Set(people.map(({ id }) => lower(id)));
	const addresses = new Set(people.map(({ email }) => lower(email)));
	const withoutId = new Set(people.filter(({ id }) => !id).map(({ email }) => lower(email)));
	return ({ id, email }) =>
		id && ids.has(lower(id))
			? true
			: Boolean(email) && (id ? withoutId : addresses).has(lower(email));
}

async function userById(call: Call, id: string, label: string): Promise<Person> {
	const user = await catchStatus(call.record({ path: path`users/${id}` }), 403, 404);
	if (!isRefusal(user)) return asPerson(user);
	throw badInput(
		user.failure.status === 404
			? `The user "${id}" in the parameter "${label}" was not found`
			: `The user "${id}" in the parameter "${label}" cannot be looked up`,
		'Pick the user from the list again. To look up other users, the user that the API token acts as needs the role User Manager.',
	);
}

/** The email address of a user, or else the user name, which is an address too (appspace-api.md 2.4). */
export function emailOf({ email, userName }: IDataObject): string {
	return String([email, userName].find(isShown) ?? '');
}

function asPerson(user: IDataObject): Person {
	const email = emailOf(user);
	return { email, name: String(user.name ?? email), id: String(user.id) };
}
