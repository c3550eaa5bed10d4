import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonObject } from '../../fields/json';
import { scimLocator } from '../../fields/locators';
import type { Call } from '../../runtime/operation';
import { asSpelled } from '../../scim/attributeNames';
import { inPlace, overlaid, refuseFilteredPaths } from '../../scim/attributePaths';
import { typedAttributes } from '../../scim/attributeTypes';
import { extensionsIn } from '../../scim/changes';
import { isPrimary, withAlso, withMain, withTyped, writableEntries } from '../../scim/multiValued';
import { badInput } from '../../transport/failure';
import { ENTERPRISE, entries, keyOf, USER } from '../../transport/scim/attributes';

export const userNameField: INodeProperties = {
	displayName: 'User Name (Email)',
	name: 'userName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. nathan@example.com',
	description: 'The user name. In Appspace, this is the email address of the user.',
};

const text = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
});

/** The fields of a user besides the user name, sorted by name. */
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
			'More attributes as a JSON object with SCIM names. Put the attributes of an extension under its URN. In an update, null removes an attribute.',
	},
	text('Department', 'department', 'Facilities'),
	text('Display Name', 'displayName', 'Nathan Smith'),
	text('Division', 'division', 'Europe'),
	{
		...text('Email', 'email', 'nathan@example.com'),
		description: 'The main email address. For a new user, defaults to the user name.',
	},
	text('Employee Number', 'employeeNumber', '701984'),
	{
		...text('External ID', 'externalId', '00u1a2b3'),
		description: 'The ID of the user in its source directory',
	},
	text('First Name', 'givenName', 'Nathan'),
	text('Job Title', 'title', 'Facility Manager'),
	{
		...text('Language', 'preferredLanguage', 'en-US'),
		description: 'The preferred language of the user',
	},
	text('Last Name', 'familyName', 'Smith'),
	{
		...text('Locale', 'locale', 'en-US'),
		description:
			'The region that determines the formats of dates, numbers, and currency for the user',
	},
	scimLocator('Manager', 'managerId', 'searchScimUsers', {
		required: false,
		description: 'The user that this user reports to, by SCIM ID',
	}),
	text('Mobile Phone', 'mobilePhone', '+1 201 555 0124'),
	text('Nickname', 'nickName', 'Nate'),
	text('Organization', 'organization', 'Example'),
	text('Time Zone', 'timezone', 'America/New_York'),
	text('User Type', 'userType', 'Employee'),
	text('Work Phone', 'workPhone', '+1 201 555 0123'),
];

export const userFieldsCollection = (
	displayName: string,
	name: string,
	description?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description,
	options: userFields,
});

const PLAIN = [
	...['userName', 'active', 'displayName', 'externalId', 'title', 'preferredLanguage', 'locale'],
	...['nickName', 'timezone', 'userType'],
];
const OF_NAME = ['givenName', 'familyName'];
const OF_ENTERPRISE = ['costCenter', 'department', 'division', 'employeeNumber', 'organization'];

/**
 * The SCIM attributes for the filled-in fields; custom attributes override them. In multi-valued attributes,
 * such as email addresses, one value changes and the user's other values stay.
 *
 * @param user the current user, or nothing for a new one
 * @throws RequestFailed if the user has values that cannot be written back
 */
export function attributesIn(given: IDataObject, user: IDataObject = {}): IDataObject {
	const named = (names: string[]) =>
		Object.fromEntries(
			names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
		) as IDataObject;
	const { managerId } = given;
	const extension = {
		...named(OF_ENTERPRISE),
		...(managerId !== undefined && { manager: { value: String(managerId) } }),
	};
	const own = {
		...named(PLAIN),
		...filled('name', named(OF_NAME)),
		...filled(ENTERPRISE, extension),
	};
	const custom = customIn(given);
	const several = { ...emailsIn(given, user, custom), ...phonesIn(given, user, custom) };
	return overlaid(overlaid(own, custom), several);
}

/** A list in the custom attributes is the whole list; the field "Email" adds its address if missing. */
function emailsIn({ email }: IDataObject, user: IDataObject, custom: IDataObject): IDataObject {
	if (email === undefined) return {};
	const value = String(email);
	if (!has(custom, 'emails')) return { emails: withMain(writableEntries(user, 'emails'), value) };
	const list = entries(custom, 'emails');
	const primary = list.some(isPrimary) ? {} : { primary: true };
	return { emails: withAlso(list, { value, type: 'work', ...primary }) };
}

function phonesIn(given: IDataObject, user: IDataObject, custom: IDataObject): IDataObject {
	const phones = [
		{ type: 'work', value: given.workPhone },
		{ type: 'mobile', value: given.mobilePhone },
	].flatMap(({ type, value }) => (value === undefined ? [] : [{ type, value: String(value) }]));
	if (phones.length === 0) return {};
	const phoneNumbers = has(custom, 'phoneNumbers')
		? phones.reduce(withAlso, entries(custom, 'phoneNumbers'))
		: phones.reduce(withTyped, writableEntries(user, 'phoneNumbers'));
	return { phoneNumbers };
}

/** The request body for a new user. Without an email address, it uses the user name. */
export function newUser(userName: string, given: IDataObject): IDataObject {
	const email = has(customIn(given), 'emails') ? {} : { email: userName };
	const attributes = attributesIn({ ...email, active: true, ...given, userName });
	refuseFilteredPaths(attributes);
	return { schemas: [USER, ...extensionsIn(attributes)], ...attributes };
}

/** The user name of an item. Throws RequestFailed if it is empty. */
export function userNameIn(call: Call): string {
	const userName = call.text('userName');
	if (userName !== '') return userName;
	throw badInput('The parameter "User Name (Email)" is empty', 'Enter an email address.');
}

/** The custom attributes, each in its place in a user and with its type from RFC 7643. */
function customIn({ attributes = {} }: IDataObject): IDataObject {
	const custom = asSpelled(typedAttributes(inPlace(jsonObject(attributes, 'Custom Attributes'))));
	const ofService = ['id', 'schemas', 'meta'].map((name) => keyOf(custom, name));
	return Object.fromEntries(Object.entries(custom).filter(([name]) => !ofService.includes(name)));
}

function has(record: IDataObject, name: string): boolean {
	return Object.hasOwn(record, keyOf(record, name));
}

function filled(name: string, value: IDataObject): IDataObject {
	return Object.keys(value).length > 0 ? { [name]: value } : {};
}
