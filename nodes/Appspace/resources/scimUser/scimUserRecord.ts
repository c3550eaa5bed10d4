import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { isSameText, pick } from '../../runtime/pick';
import { attribute, ENTERPRISE, entries, inner, isRecord } from '../../transport/scim/attributes';
import { isExactly } from '../../scim/filter';
import { firstOf } from '../../scim/listing';
import { isRefusal, catchStatus, RequestFailed, type Refusal } from '../../transport/failure';

/** What the filter builder offers, in the order of the names. */
export const USER_ATTRIBUTES: INodePropertyOptions[] = [
	{ name: 'Active', value: 'active' },
	{ name: 'Created', value: 'meta.created' },
	{ name: 'Department', value: `${ENTERPRISE}:department` },
	{ name: 'Display Name', value: 'displayName' },
	{ name: 'E-Mail', value: 'emails.value' },
	{ name: 'Employee Number', value: `${ENTERPRISE}:employeeNumber` },
	{ name: 'External ID', value: 'externalId' },
	{ name: 'First Name', value: 'name.givenName' },
	{ name: 'Job Title', value: 'title' },
	{ name: 'Last Changed', value: 'meta.lastModified' },
	{ name: 'Last Name', value: 'name.familyName' },
	{ name: 'User Name', value: 'userName' },
];

/** The most useful fields of a user, flat. */
export function simplifyScimUser(user: IDataObject): IDataObject {
	const flat: IDataObject = {
		id: attribute(user, 'id'),
		userName: attribute(user, 'userName'),
		displayName: attribute(user, 'displayName'),
		firstName: inner(user, 'name', 'givenName'),
		lastName: inner(user, 'name', 'familyName'),
		email: mainOf(entries(user, 'emails')),
		active: attribute(user, 'active'),
		title: attribute(user, 'title'),
		department: inner(user, ENTERPRISE, 'department'),
	};
	return pick(flat, Object.keys(flat));
}

/** Whether a user has this e-mail address, as user name or among the others. */
export function hasAddress(user: IDataObject, address: string): boolean {
	const addresses = entries(user, 'emails').map((email) => attribute(email, 'value'));
	return [attribute(user, 'userName'), ...addresses].some((one) => isSameText(one, address));
}

/** The user with this user name; services compare it without regard to case (RFC 7643 4.1.1). */
export async function userNamed(call: Call, userName: string): Promise<IDataObject | undefined> {
	const matches = (user: IDataObject) => isSameText(attribute(user, 'userName'), userName);
	return await firstOf(call, 'Users', isExactly('userName', userName), matches);
}

/**
 * What comes of writing a user, or, where a value of it is taken, who has it.
 *
 * @throws RequestFailed that names the other user
 */
export async function orHolder<T>(call: Call, work: Promise<T>, user: IDataObject): Promise<T> {
	const done = await catchStatus(work, 409);
	if (!isRefusal(done)) return done;
	throw await takenBy(call, done, user);
}

/** The refusal of a value that is taken, in words that say by whom. */
export async function takenBy(
	call: Call,
	refusal: Refusal,
	user: IDataObject,
): Promise<RequestFailed> {
	const names = [attribute(user, 'userName'), mainOf(entries(user, 'emails'))];
	for (const name of names.filter((one) => typeof one === 'string')) {
		const holder = await holderOf(call, name).catch(() => undefined);
		if (!holder) continue;
		const { displayName, userName, id } = simplifyScimUser(holder);
		const who = [displayName, userName].filter(Boolean).join(', ');
		return new RequestFailed({
			...{ kind: 'input', status: 409 },
			message: `"${name}" is taken by another user: ${who}`,
			description: `That user has the SCIM ID "${String(id)}". Update that one, choose another name, or use Create or Update.`,
		});
	}
	return refusal;
}

async function holderOf(call: Call, name: string): Promise<IDataObject | undefined> {
	const matches = (user: IDataObject) => hasAddress(user, name);
	const filter = `${isExactly('userName', name)} or ${isExactly('emails.value', name)}`;
	// A service that takes case into account does not find what it calls taken.
	return (
		(await firstOf(call, 'Users', filter, matches)) ?? (await firstOf(call, 'Users', '', matches))
	);
}

function mainOf(list: IDataObject[]): IDataObject[string] {
	const main = list.find((one) => attribute(one, 'primary') === true) ?? list[0];
	return isRecord(main) ? attribute(main, 'value') : undefined;
}
