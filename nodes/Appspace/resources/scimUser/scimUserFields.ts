import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonObject } from '../../fields/json';
import { scimLocator } from '../../fields/locators';
import type { Call } from '../../runtime/operation';
import { isSameText } from '../../runtime/pick';
import { attribute, ENTERPRISE, entries, keyOf, USER } from '../../transport/scim/attributes';
import { badInput } from '../../transport/failure';

export const userNameField: INodeProperties = {
	displayName: 'User Name (E-Mail)',
	name: 'userName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. nathan@example.com',
	description: 'The user name: with Appspace, the e-mail address of the user',
};

const text = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
});

/** What a user may have beside the user name, in the order of the names. */
export const userFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the user may sign in',
	},
	text('Cost Center', 'costCenter', '4130'),
	{
		displayName: 'Custom Attributes',
		name: 'attributes',
		type: 'json',
		default: '{}',
		description:
			'More attributes as a JSON object, by the names of SCIM; those of an extension under its URN. In an update, null takes an attribute away.',
	},
	text('Department', 'department', 'Facilities'),
	text('Display Name', 'displayName', 'Nathan Smith'),
	text('Division', 'division', 'Europe'),
	{
		...text('E-Mail', 'email', 'nathan@example.com'),
		description: 'The main e-mail address. A new user without one gets the user name.',
	},
	text('Employee Number', 'employeeNumber', '701984'),
	{
		...text('External ID', 'externalId', '00u1a2b3'),
		description: 'The ID of the user in the directory that the user comes from',
	},
	text('First Name', 'givenName', 'Nathan'),
	text('Job Title', 'title', 'Facility Manager'),
	text('Language', 'preferredLanguage', 'en-US'),
	text('Last Name', 'familyName', 'Smith'),
	text('Locale', 'locale', 'en-US'),
	scimLocator('Manager', 'managerId', 'searchScimUsers', {
		required: false,
		description: 'Who the user reports to, by the ID that SCIM gives',
	}),
	text('Mobile Phone', 'mobilePhone', '+1 201 555 0124'),
	text('Nickname', 'nickName', 'Nate'),
	text('Organization', 'organization', 'Example'),
	text('Time Zone', 'timezone', 'America/New_York'),
	text('User Type', 'userType', 'Employee'),
	text('Work Phone', 'workPhone', '+1 201 555 0123'),
];

export const userFieldsCollection = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: userFields,
});

const PLAIN = [
	...['userName', 'active', 'displayName', 'externalId', 'title', 'preferredLanguage', 'locale'],
	...['nickName', 'timezone', 'userType'],
];
const OF_NAME = ['givenName', 'familyName'];
const OF_ENTERPRISE = ['costCenter', 'department', 'division', 'employeeNumber', 'organization'];

/**
 * The attributes that filled-in fields stand for. Of what has several values, such as e-mail addresses, one
 * is changed and the others of the user are kept.
 *
 * @param user as it is, or nothing for a new one
 */
export function attributesIn(given: IDataObject, user: IDataObject = {}): IDataObject {
	const named = (names: string[]) =>
		Object.fromEntries(
			names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
		) as IDataObject;
	const { email, workPhone, mobilePhone, managerId } = given;
	const extension = {
		...named(OF_ENTERPRISE),
		...(managerId !== undefined && { manager: { value: String(managerId) } }),
	};
	const phones = [
		...(workPhone === undefined ? [] : [{ type: 'work', value: String(workPhone) }]),
		...(mobilePhone === undefined ? [] : [{ type: 'mobile', value: String(mobilePhone) }]),
	];
	const own: IDataObject = {
		...named(PLAIN),
		...filled('name', named(OF_NAME)),
		...(email !== undefined && { emails: withMain(entries(user, 'emails'), String(email)) }),
		...(phones.length > 0 && {
			phoneNumbers: phones.reduce(withTyped, entries(user, 'phoneNumbers')),
		}),
		...filled(ENTERPRISE, extension),
	};
	const more = given.attributes === undefined ? {} : custom(given.attributes);
	return { ...own, ...more };
}

/** A new user as it is sent. */
export function newUser(userName: string, given: IDataObject): IDataObject {
	const attributes = attributesIn({ email: userName, active: true, ...given, userName });
	const extensions = Object.keys(attributes).filter((name) => /^urn:/i.test(name));
	return { schemas: [USER, ...extensions], ...attributes };
}

/** The user name that an item gives. */
export function userNameIn(call: Call): string {
	const userName = call.text('userName');
	if (userName !== '') return userName;
	throw badInput('The parameter "User Name (E-Mail)" is empty', 'Enter an e-mail address.');
}

function custom(value: unknown): IDataObject {
	const attributes = jsonObject(value, 'Custom Attributes');
	for (const name of ['id', 'schemas', 'meta']) delete attributes[keyOf(attributes, name)];
	return attributes;
}

function filled(name: string, value: IDataObject): IDataObject {
	return Object.keys(value).length > 0 ? { [name]: value } : {};
}

/** The list with another main address. */
function withMain(list: IDataObject[], value: string): IDataObject[] {
	const main = list.find((one) => attribute(one, 'primary') === true) ?? list[0];
	if (!main) return [{ value, type: 'work', primary: true }];
	return list.map((one) => (one === main ? { ...one, [keyOf(one, 'value')]: value } : one));
}

/** The list with this value in place of the one of its type, or behind the others. */
function withTyped(list: IDataObject[], entry: { type: string; value: string }): IDataObject[] {
	const same = list.find((one) => isSameText(attribute(one, 'type'), entry.type));
	if (!same) return [...list, entry];
	return list.map((one) => (one === same ? { ...one, [keyOf(one, 'value')]: entry.value } : one));
}
