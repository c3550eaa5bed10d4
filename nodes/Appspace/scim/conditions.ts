import type { IDataObject } from 'n8n-workflow';
import { booleanIn } from '../runtime/parameterValues';
import { isRecord } from '../transport/record';
import { attribute, entryValue, severalIn, type Value } from '../transport/scim/attributes';
import { stepsOf } from './attributePaths';
import { comparison, type Condition } from './filter';

const DATE = /^\d{4}-\d\d-\d\d/;

/**
 * Whether a record fulfills the conditions, decided here: a service may ignore a filter, and then returns
 * everybody. Text is compared without regard to case. A record without the attribute never fulfills a
 * condition, not even "Not Equal".
 *
 * @param zone the time zone for a date and time without an offset
 * @throws RequestFailed for a condition that makes no sense
 */
export function fulfills(
	conditions: Condition[],
	combine: unknown,
	zone: string,
): (record: IDataObject) => boolean {
	for (const condition of conditions) comparison(condition, zone);
	const holds = (record: IDataObject) => (condition: Condition) => isTrue(record, condition);
	return (record) =>
		combine === 'or' ? conditions.some(holds(record)) : conditions.every(holds(record));
}

function isTrue(record: IDataObject, { attribute: path, operator, value }: Condition): boolean {
	const present = valuesAt(record, path);
	if (operator === 'ne') {
		return present.length > 0 && present.every((one) => !compares(one, 'eq', value));
	}
	return present.some((one) => operator === 'pr' || compares(one, operator, value));
}

/** The plain values of an attribute; each entry of a multi-valued one has its own. */
function valuesAt(record: IDataObject, path: string): Value[] {
	return stepsOf(path)
		.reduce<Value[]>(
			(found, step) => found.flatMap((one) => severalIn(attribute(one, step))),
			[record],
		)
		.map((one) => (isRecord(one) ? entryValue(one) : one))
		.filter((one) => one !== undefined && one !== null && one !== '');
}

function compares(present: Value, operator: string, wanted: unknown): boolean {
	if (typeof present === 'boolean') return operator === 'eq' && present === booleanIn(wanted);
	const [one, other] = [String(present).toLowerCase(), String(wanted).trim().toLowerCase()];
	switch (operator) {
		case 'eq':
			return isDate(one, other) ? Date.parse(one) === Date.parse(other) : one === other;
		case 'co':
			return one.includes(other);
		case 'sw':
			return one.startsWith(other);
		case 'ew':
			return one.endsWith(other);
		case 'gt':
			return order(one, other) > 0;
		case 'ge':
			return order(one, other) >= 0;
		case 'lt':
			return order(one, other) < 0;
		default:
			return order(one, other) <= 0;
	}
}

function order(one: string, other: string): number {
	if (isDate(one, other)) return Date.parse(one) - Date.parse(other);
	const [left, right] = [Number(one), Number(other)];
	if (Number.isFinite(left) && Number.isFinite(right)) return left - right;
	return one < other ? -1 : Number(one > other);
}

function isDate(one: string, other: string): boolean {
	return DATE.test(one) && DATE.test(other) && !Number.isNaN(Date.parse(one) + Date.parse(other));
}
