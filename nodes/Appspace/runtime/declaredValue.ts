import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { badInput, type RequestFailed } from '../transport/failure';
import { isRecord } from '../transport/record';
import { ENTRY, entryOf } from './listOfLocators';
import { booleanIn, copied, idsIn, isGiven, isLocator, numberIn, textIn } from './parameterValues';

/** The most choices to name in a message. */
const MAX_CHOICES = 12;
const NO_GROUP: INodePropertyCollection = { displayName: '', name: '', values: [] };

/**
 * Converts the value of a parameter to the type that its field declares, if the conversion is unambiguous.
 * Null and empty text count as no value. Returns a copy, never the workflow's own object.
 *
 * `ignoreValidationDuringExecution` marks text or a locator that accepts several values or that its
 * operation checks itself. `allowArbitraryValues` marks options that accept other values too.
 *
 * @returns undefined if there is no value
 * @throws RequestFailed that names the parameter by its label
 */
export function declaredValue(field: INodeProperties, given: unknown): unknown {
	if (given === undefined || given === null) return undefined;
	if (field.type === 'string') return textFor(field, given);
	if (!isGiven(given)) return undefined;
	switch (field.type) {
		case 'boolean':
			return booleanIn(given) ?? refuse(field, 'is not true or false', 'Use true or false.');
		case 'number':
			return numberFor(field, given);
		case 'options':
			return choiceFor(field, given);
		case 'multiOptions':
			return listOf(given).map((one) => choiceFor(field, one));
		case 'resourceLocator':
			return idFor(field, given);
		case 'collection':
			return fieldsFor(field, given);
		case 'fixedCollection':
			return entryOf(field) ? idsFor(field, given) : Object.fromEntries([entriesFor(field, given)]);
		default:
			return copied(given);
	}
}

function textFor(field: INodeProperties, given: unknown): unknown {
	if (field.ignoreValidationDuringExecution) return copied(given);
	const text = textIn(given);
	if (text !== undefined) return text;
	if (typeof given === 'number') throw rounded(field);
	throw badInput(
		`The parameter "${field.displayName}" contains ${Array.isArray(given) ? 'a list' : 'an object'} instead of text`,
		'Check the expression: it must return a single value. Use {{ JSON.stringify(...) }} to turn a list or an object into text.',
	);
}

function numberFor(field: INodeProperties, given: unknown): number {
	const { minValue = -Infinity, numberPrecision } = field.typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const number = numberIn(given);
	if (number >= minValue && (!isWhole || Number.isInteger(number))) return number;
	const bound = minValue === -Infinity ? '' : ` of ${minValue} or more`;
	return refuse(
		field,
		`${isWhole ? 'is not a whole number' : 'is not a number'}${bound}`,
		`Enter a number such as ${String(field.default)}.`,
	);
}

/** Finds an option by its value or, as people and agents often give it, by its name, ignoring case. */
function choiceFor(field: INodeProperties, given: unknown): unknown {
	const choices = (field.options ?? []) as INodePropertyOptions[];
	const text = textIn(given)?.trim();
	const isIt = (one: unknown) => String(one).toLowerCase() === text?.toLowerCase();
	const chosen = choices.find(({ value }) => isIt(value)) ?? choices.find(({ name }) => isIt(name));
	if (chosen) return chosen.value;
	if (field.allowArbitraryValues && text !== undefined) return text;
	const names = choices.slice(0, MAX_CHOICES).map(({ name }) => name);
	return refuse(field, 'is not one of its options', `Use one of ${names.join(', ')}.`);
}

function listOf(given: unknown): unknown[] {
	const list: unknown[] = typeof given === 'string' ? given.split(',') : [given].flat();
	return list.filter(isGiven);
}

/** The contents of a locator; a single ID if the field expects one. */
function idFor(field: INodeProperties, given: unknown): unknown {
	const held: unknown = isLocator(given) ? given.value : given;
	if (field.ignoreValidationDuringExecution) return copied(held);
	const [one, ...more] = [held].flat().filter(isGiven);
	if (more.length > 0) {
		refuse(field, 'contains more than one ID', 'Pick a record from the list, or enter its ID.');
	}
	if (one === undefined) return undefined;
	if (typeof one === 'number' && textIn(one) === undefined) throw rounded(field);
	return (
		textIn(one) ??
		refuse(field, 'contains something that is not an ID', 'Enter the ID itself, as text.')
	);
}

/** The filled-in fields of a collection. */
function fieldsFor(field: INodeProperties, given: unknown): IDataObject {
	const fields = (field.options ?? []) as INodeProperties[];
	return typedFields(fields, objectFor(field, given));
}

function typedFields(fields: INodeProperties[], given: IDataObject): IDataObject {
	const typed = Object.entries(given).flatMap(([name, value]) => {
		const field = fields.find((one) => one.name === name);
		const own = field ? declaredValue(field, value) : copied(value);
		return own === undefined ? [] : [[name, own]];
	});
	return Object.fromEntries(typed) as IDataObject;
}

/** The distinct IDs in a list of locators; undefined if all entries are empty. */
function idsFor(field: INodeProperties, given: unknown): string[] | undefined {
	const [, entries] = entriesFor(field, given);
	const ids = entries.flatMap((entry) => idsIn(entry[ENTRY], field.displayName));
	return ids.length > 0 ? [...new Set(ids)] : undefined;
}

/** The name of the only group of a fixed collection, and its entries. */
function entriesFor(field: INodeProperties, given: unknown): [group: string, IDataObject[]] {
	const [{ name, values } = NO_GROUP] = (field.options ?? []) as INodePropertyCollection[];
	const entries = entriesIn(parsed(given), name, values).map((entry) => {
		return typedFields(values, objectFor(field, entry));
	});
	return [name, entries];
}

/** An expression may give a list of entries or a single entry, without the group. */
function entriesIn(held: unknown, group: string, values: INodeProperties[]): unknown[] {
	const isEmpty = isRecord(held) && Object.keys(held).length === 0;
	const isEntry = isRecord(held) && values.some(({ name }) => Object.hasOwn(held, name));
	if (isEmpty) return [];
	const isGrouped = isRecord(held) && !isEntry && Object.hasOwn(held, group);
	return [isGrouped ? parsed(held[group]) : held].flat().filter(isGiven);
}

function objectFor(field: INodeProperties, given: unknown): IDataObject {
	const held = parsed(given);
	if (isRecord(held)) return held;
	return refuse(
		field,
		'does not contain its fields',
		'Fill in the fields one by one, or use an expression that returns an object with their names.',
	);
}

/**
 * Parses text that is JSON, because agents often pass objects and lists that way. Returns anything else
 * unchanged.
 */
function parsed(given: unknown): unknown {
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given) as unknown;
	} catch {
		return given;
	}
}

function rounded(field: INodeProperties): RequestFailed {
	return badInput(
		`The parameter "${field.displayName}" contains a number that n8n rounded`,
		'Enter it as text, in quotation marks. n8n rounds whole numbers above 9007199254740991.',
	);
}

function refuse(field: INodeProperties, why: string, whatToDo: string): never {
	throw badInput(`The parameter "${field.displayName}" ${why}`, whatToDo);
}
