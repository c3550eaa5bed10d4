import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { filledIn, idsIn, textOfEntry } from '../runtime/parameterValues';
import type { Call } from '../runtime/operation';
import { pick } from '../runtime/pick';
import { badInput } from '../transport/failure';
import { path } from '../transport/path';
import { locator, locatorOfSeveral, typedAs, visitorLocator } from './locators';

const FIRST_NAME = text('First Name', 'firstName', 'e.g. Mary');
const LAST_NAME = text('Last Name', 'lastName', 'e.g. Major');
const EMAIL = text('Email', 'email', 'e.g. mary@example.com');

/** The name fields, which every visitor has. */
export const visitorNameFields: INodeProperties[] = [FIRST_NAME, LAST_NAME];

/** The email address, which most tenants require. */
export const visitorEmailField = EMAIL;

export const visitorTypeField = configured(
	'Visitor Type',
	'visitorType',
	'searchVisitorTypes',
	'The type of visitor, as your tenant names it. Defaults to Guest.',
	'e.g. Guest',
);

export const purposeField = configured(
	'Purpose',
	'purpose',
	'searchVisitorPurposes',
	'The purpose of the visit, as your tenant names it',
	'e.g. Meeting',
);

/** Values for the fields that the tenant has added to visitors. */
export const customFieldsField: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add custom field',
	default: {},
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				locator('Field', 'id', 'searchVisitorFields', {
					description: 'A visitor field that is set up in Appspace',
				}),
				{
					...text('Value', 'value', 'e.g. Example Inc.'),
					description: 'The value to set. Without one, the field becomes empty.',
				},
			],
		},
	],
};

export const visitorsField = locatorOfSeveral(
	'Visitors',
	'visitorIds',
	visitorLocator,
	'Registered visitors',
);

export const newVisitorsField: INodeProperties = {
	displayName: 'New Visitors',
	name: 'newVisitors',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add visitor',
	default: {},
	description: 'Visitors who are not registered yet',
	options: [
		{
			displayName: 'Visitor',
			name: 'visitor',
			values: [EMAIL, FIRST_NAME, LAST_NAME, visitorTypeField],
		},
	],
};

/**
 * Runs `work` with the visitors that an item names, in the form that requests take. Visitors with an ID
 * are read first. It is not public whether a request also updates the visitors in it, so nothing else in
 * this process changes them in the meantime.
 *
 * @param given the values of `visitorsField` and `newVisitorsField`
 */
export async function withVisitors<T>(
	call: Call,
	given: IDataObject,
	work: (visitors: IDataObject[]) => Promise<T>,
): Promise<T> {
	const paths = idsIn(given.visitorIds, 'Visitors').map(visitorPath);
	const added = entriesOf(given.newVisitors, 'visitor').map(filledIn).map(newVisitor);
	return await call.runExclusive(paths, async () => {
		const known = await Promise.all(paths.map(async (one) => await call.record({ path: one })));
		return await work([...known.map(asNamed), ...added]);
	});
}

/** The path at which a visitor is read and written. */
export function visitorPath(id: string): string {
	return path`visitormanagement/visitors/${id}`;
}

function asNamed(visitor: IDataObject): IDataObject {
	return {
		...pick(visitor, ['id', 'firstName', 'lastName', 'email', 'visitorType']),
		customFields: visitor.customFields ?? [],
	};
}

/**
 * A new visitor in the form that requests take. The list of custom fields is required; whether the email
 * address is depends on the tenant (appspace-api.md 5.6).
 *
 * @throws RequestFailed if a part of the name is missing
 */
export function newVisitor(given: IDataObject): IDataObject {
	for (const { displayName, name } of [FIRST_NAME, LAST_NAME]) {
		if (given[name] !== undefined) continue;
		throw badInput(
			`The parameter "${displayName}" of a visitor is empty`,
			'A visitor needs a first name and a last name.',
		);
	}
	const { firstName, lastName, email, visitorType = 'Guest', customFields } = given;
	return {
		...{ firstName, lastName, ...(email !== undefined && { email }) },
		...{ visitorType, customFields: customFieldsIn(customFields) },
	};
}

/** The custom fields as pairs of field ID and value. Throws RequestFailed if one of them is missing. */
export function customFieldsIn(value: unknown): IDataObject[] {
	return entriesOf(value, 'field').map((entry) => {
		const { id } = filledIn(entry);
		if (id === undefined) {
			throw badInput('A custom field has no ID', 'Pick the field from the list, or enter its ID.');
		}
		const content = textOfEntry(entry.value, String(id), customFieldsField.displayName);
		return { id, value: content.trim() };
	});
}

/** The entries of a fixed collection. */
function entriesOf(value: unknown, name: string): IDataObject[] {
	const { [name]: entries = [] } = (value ?? {}) as Record<string, IDataObject[]>;
	return entries;
}

function text(displayName: string, name: string, placeholder: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder };
}

/** A locator for a name in the tenant's visitor configuration; you can also type another name. */
function configured(
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
	placeholder: string,
): INodeProperties {
	const field = locator(displayName, name, searchListMethod, { required: false, description });
	return typedAs(field, { displayName: 'By Name', placeholder });
}
