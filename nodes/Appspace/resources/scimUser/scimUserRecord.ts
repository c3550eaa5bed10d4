import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { booleanIn, textIn } from '../../runtime/parameterValues';
import { isSameText, pick } from '../../runtime/pick';
import { firstOfAny } from '../../scim/alternatives';
import { isExactly } from '../../scim/filter';
import { firstOf } from '../../scim/listing';
import { mainOf } from '../../scim/multiValued';
import { RequestFailed } from '../../transport/failure';
import { path } from '../../transport/path';
import {
	attribute,
	ENTERPRISE,
	entries,
	entryValue,
	inner,
	type Value,
} from '../../transport/scim/attributes';

/** The attributes in the condition builder, sorted by name. */
export const USER_ATTRIBUTES: INodePropertyOptions[] = [
	{ name: 'Active', value: 'active' },
	{ name: 'Created', value: 'meta.created' },
	{ name: 'Department', value: `${ENTERPRISE}:department` },
	{ name: 'Display Name', value: 'displayName' },
	{ name: 'Email', value: 'emails.value' },
	{ name: 'Employee Number', value: `${ENTERPRISE}:employeeNumber` },
	{ name: 'External ID', value: 'externalId' },
	{ name: 'First Name', value: 'name.givenName' },
	{ name: 'Job Title', value: 'title' },
	{ name: 'Last Changed', value: 'meta.lastModified' },
	{ name: 'Last Name', value: 'name.familyName' },
	{ name: 'User Name', value: 'userName' },
];

/** The most useful fields of a user, flattened. */
export function simplifyScimUser(user: IDataObject): IDataObject {
	const flat: IDataObject = {
		id: attribute(user, 'id'),
		userName: attribute(user, 'userName'),
		displayName: attribute(user, 'displayName'),
		firstName: inner(user, 'name', 'givenName'),
		lastName: inner(user, 'name', 'familyName'),
		email: entryValue(mainOf(entries(user, 'emails'))),
		active: isActive(user) ?? attribute(user, 'active'),
		title: attribute(user, 'title'),
		department: inner(user, ENTERPRISE, 'department'),
	};
	return pick(flat, Object.keys(flat));
}

/** Whether a user may sign in; undefined if the service does not say. Some services return text. */
export function isActive(user: IDataObject): boolean | undefined {
	return booleanIn(attribute(user, 'active'));
}

/** The user name and the email addresses of a user. */
export function addressesOf(user: IDataObject): Value[] {
	return [attribute(user, 'userName'), ...entries(user, 'emails').map(entryValue)];
}

/** Whether a user has this address, as the user name or among the email addresses. */
export function hasAddress(user: IDataObject, address: string): boolean {
	return addressesOf(user).some((one) => isSameText(one, address));
}

/** The filters for this email address. Each finds only some of the users. */
export function addressFilters(address: string): string[] {
	return [isExactly('userName', address), isExactly('emails.value', address)];
}

/** The user with this user name. User names are not case-sensitive (RFC 7643 4.1.1). */
export async function userNamed(call: Call, userName: string): Promise<IDataObject | undefined> {
	const filters = [isExactly('userName', userName)];
	return await firstOfAny(call, 'Users', filters, (user) => isNamed(user, userName));
}

/**
 * Like `userNamed`, but searches the whole list if the filter finds no user: a service may match case in
 * filters and ignore it when it checks that a name is unique.
 */
export async function userNamedAtAll(
	call: Call,
	userName: string,
): Promise<IDataObject | undefined> {
	const matches = (user: IDataObject) => isNamed(user, userName);
	return (await userNamed(call, userName)) ?? (await firstOf(call, 'Users', '', matches));
}

function isNamed(user: IDataObject, userName: string): boolean {
	return isSameText(attribute(user, 'userName'), userName);
}

/**
 * The path of an existing user.
 *
 * @throws RequestFailed if the ID is missing or a rounded number, which could belong to another user
 */
export function userPathOf(user: IDataObject): string {
	const id = textIn(attribute(user, 'id'));
	if (id !== undefined && id !== '') return path`Users/${id}`;
	throw new RequestFailed({
		kind: 'input',
		message: `The user "${String(attribute(user, 'userName'))}" has no usable SCIM ID`,
		description: 'Change this user in the Appspace console.',
	});
}
