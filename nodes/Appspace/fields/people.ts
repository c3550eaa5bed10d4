import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idsIn } from '../runtime/parameterValues';
import type { Call } from '../runtime/operation';
import { isShown } from '../runtime/mayMatch';
import { isSameText } from '../runtime/pick';
import { badInput, isRefusal, catchStatus } from '../transport/failure';
import { path } from '../transport/path';
import { locatorOfSeveral, typedAs } from './locators';

/** Somebody who is meant; `id` only for users of the tenant. */
export interface Person {
	email: string;
	name: string;
	id?: string;
}

/** Users picked from the list, or e-mail addresses of anybody. */
export function peopleField(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return typedAs(locatorOfSeveral(displayName, name, 'searchUsers', description), {
		displayName: 'By E-Mail',
		placeholder: 'e.g. nathan@example.com, mary@example.com',
		hint: 'E-mail addresses or user IDs, separated by commas; an expression may also give a list',
	});
}

/** The people that a parameter names; users who are named by ID are looked up. */
export async function peopleIn(call: Call, value: unknown, label: string): Promise<Person[]> {
	const named = idsIn(value, label);
	return await Promise.all(
		named.map(async (one) => {
			return one.includes('@') ? { email: one, name: one } : await userById(call, one, label);
		}),
	);
}

/** The user with that ID, or, without one, the service user that the API token acts as. */
export async function userOrSelf(call: Call, id: string, label: string): Promise<Person> {
	if (id !== '') return await userById(call, id, label);
	return asPerson(
		await call.memoize('users/me', async () => await call.record({ path: 'users/me' })),
	);
}

/** Whether two are the same person, by ID where both have one, else by e-mail address. */
export function isSamePerson(one: Partial<Person>, other: Partial<Person>): boolean {
	if (one.id && other.id) return isSameText(one.id, other.id);
	return Boolean(one.email) && isSameText(one.email, other.email);
}

/** Whether somebody among these is the same person as another; see `isSamePerson`. */
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
		`The parameter "${label}" names the user "${id}", who ${user.failure.status === 404 ? 'was not found' : 'may not be looked up'}`,
		'Pick the user from the list again. The user that the API token acts as needs the role User Manager to look others up.',
	);
}

/** The email address of a user: user names are addresses, and at times the only ones (appspace-api.md 2.4). */
export function emailOf({ email, userName }: IDataObject): string {
	return String([email, userName].find(isShown) ?? '');
}

function asPerson(user: IDataObject): Person {
	const email = emailOf(user);
	return { email, name: String(user.name ?? email), id: String(user.id) };
}
