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
 * The attributes that filled-in fields stand for, with the custom ones laid over them. Of what has several
 * values, such as email addresses, one is changed and the others of the user are kept.
 *
 * @param user as it is, or nothing for a new one
 * @throws RequestFailed for values of the user that could not be written back
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

/** A list among the custom attributes is the whole list; an address that it lacks comes to it. */
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

/** A new user as it is sent; without an email address of its own, the user name is one. */
export function newUser(userName: string, given: IDataObject): IDataObject {
	const email = has(customIn(given), 'emails') ? {} : { email: userName };
	const attributes = attributesIn({ ...email, active: true, ...given, userName });
	refuseFilteredPaths(attributes);
	return { schemas: [USER, ...extensionsIn(attributes)], ...attributes };
}

/** The user name that an item gives. */
export function userNameIn(call: Call): string {
	const userName = call.text('userName');
	if (userName !== '') return userName;
	throw badInput('The parameter "User Name (E-Mail)" is empty', 'Enter an e-mail address.');
}

/** The custom attributes, each where a user has it and with the type that RFC 7643 gives it. */
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
