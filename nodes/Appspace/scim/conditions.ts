import type { IDataObject } from 'n8n-workflow';
import { isGiven, textIn } from '../runtime/parameterValues';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { stepsOf } from './attributePaths';
import { comparisons, type Wanted } from './comparisons';
import { isDate, operandOf, type Condition } from './filter';

/** What an entry is for (RFC 7643 2.4). An entry with nothing else is empty. */
const LABEL = /^(type|primary)$/i;

type Test = (record: IDataObject) => boolean;

/**
 * Judges a condition by the values that a record has. For each of them, `said` gives what every sensible way
 * of comparing says, the node's own way first. There is none for a value in an unknown form.
 */
type Judge = (values: Value[], said: (value: Value) => boolean[], operator: string) => boolean;

const certainly: Judge = (values, said, operator) => {
	const isSo = (value: Value) => said(value)[0] === true;
	return operator === 'ne' ? values.length > 0 && values.every(isSo) : values.some(isSo);
};

const possibly: Judge = (values, said) => {
	const maySo = (value: Value) => {
		const ways = said(value);
		return ways.length === 0 || ways.includes(true);
	};
	// A service may take "Not Equal" for "some value differs".
	return values.length === 0 || values.some(maySo);
};

/**
 * Whether a record fulfills the conditions, decided here: a service may ignore a filter, and then returns
 * everybody. Text is compared without regard to blanks around it and, External IDs aside, to case; dates
 * and numbers by their value. A record without the attribute never fulfills a condition, not even "Not Equal".
 *
 * @param zone the time zone for a date and time without an offset, in conditions and in records
 * @throws RequestFailed for a condition that makes no sense
 */
export function fulfills(conditions: Condition[], combine: unknown, zone: string): Test {
	const tests = conditions.map((condition) => {
		const operand = operandOf(condition, zone);
		if (operand === undefined || isGiven(operand)) return testOf(condition, zone, certainly);
		// Blanks are ignored, and every text contains an empty one.
		throw badInput(
			`The condition "${condition.attribute}" has no value that can be compared`,
			'Enter text.',
		);
	});
	return (record) =>
		combine === 'or' ? tests.some((test) => test(record)) : tests.every((test) => test(record));
}

/**
 * Whether a record may fulfill one of the conditions, for a list that the service has filtered or should
 * have: false only if the record shows values that contradict each of them, however they are compared.
 *
 * @param zone as for `fulfills`
 * @throws RequestFailed for a condition that makes no sense
 */
export function mayFulfillOneOf(conditions: Condition[], zone: string): Test {
	const tests = conditions.map((condition) => testOf(condition, zone, possibly));
	return (record) => tests.some((test) => test(record));
}

function testOf(condition: Condition, zone: string, judge: Judge): Test {
	const { attribute: path, operator, value } = condition;
	const operand = operandOf(condition, zone);
	if (operand === undefined) {
		return (record) => judge(entriesAt(record, path).filter(isFilled), () => [true], operator);
	}
	const wanted: Wanted = {
		...{ name: stepsOf(path)[0] ?? path, isDate: isDate(path) },
		...{ operand, part: textIn(value) ?? String(operand), zone },
	};
	return (record) =>
		judge(valuesAt(record, path), (one) => comparisons(one, operator, wanted), operator);
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
