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
import { attribute, ENTERPRISE, entries, entryValue, inner } from '../../transport/scim/attributes';

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
		email: entryValue(mainOf(entries(user, 'emails'))),
		active: isActive(user) ?? attribute(user, 'active'),
		title: attribute(user, 'title'),
		department: inner(user, ENTERPRISE, 'department'),
	};
	return pick(flat, Object.keys(flat));
}

/** Whether a user may sign in, which some services write as text; undefined where that is not shown. */
export function isActive(user: IDataObject): boolean | undefined {
	return booleanIn(attribute(user, 'active'));
}

/** Whether a user has this email address, as user name or among the others. */
export function hasAddress(user: IDataObject, address: string): boolean {
	const addresses = entries(user, 'emails').map(entryValue);
	return [attribute(user, 'userName'), ...addresses].some((one) => isSameText(one, address));
}

/** The filters, each of which finds some of the users with this email address. */
export function addressFilters(address: string): string[] {
	return [isExactly('userName', address), isExactly('emails.value', address)];
}

/** The user with this user name; services compare it without regard to case (RFC 7643 4.1.1). */
export async function userNamed(call: Call, userName: string): Promise<IDataObject | undefined> {
	const filters = [isExactly('userName', userName)];
	return await firstOfAny(call, 'Users', filters, (user) => isNamed(user, userName));
}

/**
 * The same, searched in the whole list if the filter finds nobody: a service may compare with case in filters
 * and without case when it checks that a name is unique.
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
 * The path of a user that was found.
 *
 * @throws RequestFailed where its ID is no text, or a number that was rounded: it would be another user's
 */
export function userPathOf(user: IDataObject): string {
	const id = textIn(attribute(user, 'id'));
	if (id !== undefined && id !== '') return path`Users/${id}`;
	throw new RequestFailed({
		kind: 'input',
		message: `The user "${String(attribute(user, 'userName'))}" has no SCIM ID that can be used`,
		description: 'Change this user in the Appspace console.',
	});
}
