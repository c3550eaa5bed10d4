import type { IDataObject } from 'n8n-workflow';
import { instant } from '../runtime/instant';
import { booleanIn, isGiven, numberIn, textIn } from '../runtime/parameterValues';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { stepsOf } from './attributePaths';
import { operandOf, type Condition } from './filter';

/** What an entry is for (RFC 7643 2.4). An entry with nothing else is empty. */
const LABEL = /^(type|primary)$/i;

/** What a condition compares with. */
interface Wanted {
	operand: string | boolean;
	/** As it was entered: a part of a date is not a date. */
	part: string;
	zone: string;
}

/**
 * Whether a record fulfills the conditions, decided here: a service may ignore a filter, and then returns
 * everybody. Text is compared without regard to case and to blanks around it, dates and numbers by their
 * value. A record without the attribute never fulfills a condition, not even "Not Equal".
 *
 * @param zone the time zone for a date and time without an offset, in conditions and in records
 * @throws RequestFailed for a condition that makes no sense
 */
export function fulfills(
	conditions: Condition[],
	combine: unknown,
	zone: string,
): (record: IDataObject) => boolean {
	const tests = conditions.map((condition) => testOf(condition, zone));
	return (record) =>
		combine === 'or' ? tests.some((test) => test(record)) : tests.every((test) => test(record));
}

function testOf(condition: Condition, zone: string): (record: IDataObject) => boolean {
	const { attribute: path, operator, value } = condition;
	const operand = operandOf(condition, zone);
	if (operand === undefined) return (record) => entriesAt(record, path).some(isFilled);
	if (!isGiven(operand)) {
		// Blanks are ignored, and every text contains an empty one.
		throw badInput(`The condition "${path}" has no value that can be compared`, 'Enter text.');
	}
	const wanted = { operand, part: plain(textIn(value) ?? operand), zone };
	return (record) => {
		const present = valuesAt(record, path);
		if (operator !== 'ne') return present.some((one) => compares(one, operator, wanted));
		return present.length > 0 && present.every((one) => !compares(one, 'eq', wanted));
	};
}

/** What a record has at a path; each entry of a multi-valued attribute counts. */
function entriesAt(record: IDataObject, path: string): Value[] {
	return stepsOf(path).reduce<Value[]>(
		(found, step) => found.flatMap((one) => severalIn(stepInto(one, step))),
		[record],
	);
}

/** A service may show a plain value where the RFC has an entry with a `value`. */
function stepInto(one: Value, step: string): Value {
	return isRecord(one) || step.toLowerCase() !== 'value' ? attribute(one, step) : one;
}

function valuesAt(record: IDataObject, path: string): Value[] {
	return entriesAt(record, path)
		.map(entryValue)
		.filter((one) => isGiven(one) && typeof one !== 'object');
}

/** Whether there is a value, or one inside (RFC 7644 3.4.2.2, table 3: "a non-empty node"). */
function isFilled(one: Value): boolean {
	if (Array.isArray(one)) return one.some(isFilled);
	if (!isRecord(one)) return isGiven(one);
	return Object.entries(one).some(([name, inner]) => !LABEL.test(name) && isFilled(inner));
}

function compares(present: Value, operator: string, { operand, part, zone }: Wanted): boolean {
	if (typeof present === 'boolean' || typeof operand === 'boolean') {
		return operator === 'eq' && booleanIn(present) === booleanIn(operand);
	}
	const text = plain(present);
	switch (operator) {
		case 'co':
			return text.includes(part);
		case 'sw':
			return text.startsWith(part);
		case 'ew':
			return text.endsWith(part);
	}
	const order = orderOf(present, operand, zone);
	switch (operator) {
		case 'eq':
			return order === 0 && (!isNumeral(present) || text === plain(operand));
		case 'gt':
			return order > 0;
		case 'ge':
			return order >= 0;
		case 'lt':
			return order < 0;
		default:
			return order <= 0;
	}
}

/** Negative if the first is smaller, positive if it is larger. */
function orderOf(present: Value, operand: string, zone: string): number {
	const [at, wantedAt] = [instant(present, zone), instant(operand, zone)];
	if (at !== undefined && wantedAt !== undefined) return Date.parse(at) - Date.parse(wantedAt);
	const difference = numberIn(present) - numberIn(operand);
	if (!Number.isNaN(difference)) return difference;
	const [one, other] = [plain(present), plain(operand)];
	return one < other ? -1 : Number(one > other);
}

/** A number that is text, such as the employee numbers 7 and 007, equals only the same text. */
function isNumeral(present: Value): boolean {
	return typeof present === 'string' && !Number.isNaN(numberIn(present));
}

function plain(value: unknown): string {
	return String(value).normalize('NFC').trim().toLowerCase();
}
