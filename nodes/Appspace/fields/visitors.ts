import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { filledIn, idsIn } from '../runtime/parameterValues';
import type { Call } from '../runtime/operation';
import { pick } from '../runtime/pick';
import { badInput } from '../transport/failure';
import { path } from '../transport/path';
import { locator, locatorOfSeveral, typedAs } from './locators';

const FIRST_NAME = text('First Name', 'firstName', 'e.g. Mary');
const LAST_NAME = text('Last Name', 'lastName', 'e.g. Major');
const EMAIL = text('E-Mail', 'email', 'e.g. mary@example.com');

/** The name that every visitor has. */
export const visitorNameFields: INodeProperties[] = [FIRST_NAME, LAST_NAME];

/** The address, which most tenants require. */
export const visitorEmailField = EMAIL;

export const visitorTypeField = configured(
	'Visitor Type',
	'visitorType',
	'searchVisitorTypes',
	'The kind of visitor, as your tenant names it; Guest unless told',
	'e.g. Guest',
);

export const purposeField = configured(
	'Purpose',
	'purpose',
	'searchVisitorPurposes',
	'Why they come, as your tenant names it',
	'e.g. Meeting',
);

/** Values of the fields that the tenant has added to visitors. */
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
					description: 'The field, as set up for visitors in Appspace',
				}),
				text('Value', 'value', 'e.g. Example Ltd'),
			],
		},
	],
};

export const visitorsField = locatorOfSeveral(
	'Visitors',
	'visitorIds',
	'searchVisitors',
	'Visitors who are registered',
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
 * Does something with the visitors that an item names, as Appspace wants them: those with an ID are read
 * first. What Appspace makes of a visitor in a request is not public, so nothing else in this process
 * changes them meanwhile.
 *
 * @param given the values of `visitorsField` and `newVisitorsField`
 */
export async function withVisitors<T>(
	call: Call,
	given: IDataObject,
	work: (visitors: IDataObject[]) => Promise<T>,
): Promise<T> {
	const paths = idsIn(given.visitorIds, 'Visitors').map(visitorPath);
	const added = entriesOf(given.newVisitors, 'visitor').map(newVisitor);
	return await call.runExclusive(paths, async () => {
		const known = await Promise.all(paths.map(async (one) => await call.record({ path: one })));
		return await work([...known.map(asNamed), ...added]);
	});
}

/** Where a visitor is read and written. */
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
 * A visitor as Appspace wants one: the list of custom fields has to be there. Whether the e-mail address
 * has to be is up to the tenant (appspace-api.md 5.6).
 *
 * @throws RequestFailed when a part of the name is missing
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

/** The custom fields that are filled in, each with the ID of the field and a value. */
export function customFieldsIn(value: unknown): IDataObject[] {
	return entriesOf(value, 'field').map(({ id, value: content }) => {
		if (id !== undefined) return { id, value: String(content ?? '') };
		throw badInput('A custom field has no ID', 'Pick the field from the list, or enter its ID.');
	});
}

/** The entries of a fixed collection, without what was left empty. */
function entriesOf(value: unknown, name: string): IDataObject[] {
	const { [name]: entries = [] } = (value ?? {}) as Record<string, IDataObject[]>;
	return entries.map(filledIn);
}

function text(displayName: string, name: string, placeholder: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder };
}

/** A word from the visitor configuration of the tenant; others can be typed. */
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
