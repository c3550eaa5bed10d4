import type { IDataObject } from 'n8n-workflow';
import { instant } from '../runtime/instant';
import { booleanIn, textIn } from '../runtime/parameterValues';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { stepsOf } from './attributePaths';

/** A condition of the filter builder. */
export interface Condition {
	attribute: string;
	operator: string;
	value: unknown;
}

const BOOLEAN = /^(active|\w+\.primary)$/i;
const DATE = /^meta\.(created|lastModified)$/i;
const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'pr', 'gt', 'ge', 'lt', 'le'];
/** An attribute as RFC 7644 3.10 writes it: `userName`, `name.givenName`, `urn:...:User:department`. */
const ATTRIBUTE = /^(urn:[\w.:-]+:)?[a-z$][\w-]*(\.[a-z$][\w-]*)?$/i;

/** Quotes text for a filter: as a JSON string, with quotes and backslashes escaped (RFC 7644 3.4.2.2). */
export function quoted(text: string): string {
	return JSON.stringify(text);
}

/** A filter for records whose attribute equals the text. */
export function isExactly(attribute: string, text: string): string {
	return `${attribute} eq ${quoted(text)}`;
}

/**
 * Writes a condition as a SCIM filter.
 *
 * @param zone the time zone for a date and time without an offset
 * @throws RequestFailed if the value does not fit the attribute
 */
export function comparison(condition: Condition, zone: string): string {
	const { attribute, operator } = condition;
	const operand = operandOf(condition, zone);
	return operand === undefined
		? `${attribute} pr`
		: `${attribute} ${operator} ${typeof operand === 'string' ? quoted(operand) : operand}`;
}

/**
 * The value of a condition as the type of the attribute or, if that is unknown, as its own type. A date is
 * UTC text.
 *
 * @param zone the time zone for a date and time without an offset
 * @returns undefined for "Is Present", which compares nothing
 * @throws RequestFailed if the value does not fit the attribute
 */
export function operandOf(
	{ attribute, operator, value }: Condition,
	zone: string,
): string | boolean | undefined {
	if (!ATTRIBUTE.test(attribute)) {
		throw badInput(
			`The condition "${attribute}" does not name a SCIM attribute`,
			'Choose an attribute, or enter one such as name.familyName.',
		);
	}
	if (!OPERATORS.includes(operator)) {
		throw badInput(
			`The condition "${attribute}" has no operator that SCIM knows`,
			'Choose an operator.',
		);
	}
	if (operator === 'pr') return undefined;
	const path = stepsOf(attribute).join('.');
	const isTime = isDate(attribute) || (typeof value === 'object' && value !== null);
	const isBoolean = !isTime && (BOOLEAN.test(path) || typeof value === 'boolean');
	const fitting = isBoolean ? booleanIn(value) : isTime ? instant(value, zone) : textIn(value);
	if (fitting !== undefined && fitting !== '') return fitting;
	throw badInput(
		`The condition "${attribute}" has no value that can be compared`,
		isBoolean
			? 'Enter true or false.'
			: isTime
				? 'Enter a date such as 2025-03-01T08:00:00Z.'
				: 'Enter text.',
	);
}

/**
 * Joins parts with "and". Puts a part with "or" in parentheses, because "and" binds more tightly (RFC 7644
 * 3.4.2.2).
 */
export function allOf(parts: string[]): string {
	const filled = parts.filter((part) => part !== '');
	if (filled.length < 2) return filled.join('');
	return filled.map((part) => (/\sor\s/i.test(part) ? `(${part})` : part)).join(' and ');
}

/** Whether the RFC defines an attribute as a date and time. */
export function isDate(attribute: string): boolean {
	return DATE.test(stepsOf(attribute).join('.'));
}

/** Joins parts with "or". */
export function anyOf(parts: string[]): string {
	return parts.join(' or ');
}

/** The conditions of a fixed collection. An expression may give a plain list instead. */
export function conditionsIn(value: unknown): Condition[] {
	const list: unknown = isRecord(value) ? value.condition : value;
	if (!Array.isArray(list)) return [];
	return list.map((entry: unknown) => {
		const { attribute, operator, value: operand } = (entry ?? {}) as IDataObject;
		return {
			attribute: String(attribute ?? '').trim(),
			operator: String(operator ?? 'eq').toLowerCase(),
			value: operand ?? '',
		};
	});
}
