import type { IDataObject } from 'n8n-workflow';
import { instant } from '../runtime/instant';
import { badInput } from '../transport/failure';

/** A condition of the filter builder. */
export interface Condition {
	attribute: string;
	operator: string;
	value: unknown;
}

const BOOLEANS = ['active'];
const DATES = ['meta.created', 'meta.lastModified'];
const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'pr', 'gt', 'ge', 'lt', 'le'];
/** An attribute as RFC 7644 3.10 writes it: `userName`, `name.givenName`, `urn:...:User:department`. */
const ATTRIBUTE = /^(urn:[\w.:-]+:)?[a-z$][\w-]*(\.[a-z$][\w-]*)?$/i;

/** Text as a filter holds it: a JSON string, so quotes and backslashes are escaped (RFC 7644 3.4.2.2). */
export function quoted(text: string): string {
	return JSON.stringify(text);
}

/** That an attribute is exactly this text. */
export function isExactly(attribute: string, text: string): string {
	return `${attribute} eq ${quoted(text)}`;
}

/**
 * A condition in the words of SCIM.
 *
 * @param zone for a moment without an offset
 * @throws RequestFailed for a value that does not go with the attribute
 */
export function comparison({ attribute, operator, value }: Condition, zone: string): string {
	if (!ATTRIBUTE.test(attribute)) {
		throw badInput(
			`The condition "${attribute}" names no attribute of SCIM`,
			'Choose an attribute, or enter one such as name.familyName.',
		);
	}
	if (!OPERATORS.includes(operator)) {
		throw badInput(`The condition "${attribute}" has no operator that SCIM knows`, 'Choose one.');
	}
	if (operator === 'pr') return `${attribute} pr`;
	return `${attribute} ${operator} ${valueFor(attribute, value, zone)}`;
}

function valueFor(attribute: string, value: unknown, zone: string): string {
	const isDate = DATES.includes(attribute);
	if (isDate) {
		const moment = instant(value, zone);
		if (moment !== undefined) return quoted(moment);
	} else if (BOOLEANS.includes(attribute)) {
		const word = String(value).trim().toLowerCase();
		if (word === 'true' || word === 'false') return word;
	} else if (['string', 'number', 'boolean'].includes(typeof value) && value !== '') {
		return typeof value === 'string' ? quoted(value) : quoted(String(value));
	}
	throw badInput(
		`The condition "${attribute}" has no value that can be compared`,
		isDate
			? 'Enter a date such as 2025-03-01T08:00:00Z.'
			: BOOLEANS.includes(attribute)
				? 'Enter true or false.'
				: 'Enter a text.',
	);
}

/** All of these; a part with "or" in parentheses, as "and" binds more tightly (RFC 7644 3.4.2.2). */
export function allOf(parts: string[]): string {
	const filled = parts.filter((part) => part !== '');
	if (filled.length < 2) return filled.join('');
	return filled.map((part) => (/\sor\s/i.test(part) ? `(${part})` : part)).join(' and ');
}

/** The conditions that a fixed collection holds; an expression may give a plain list. */
export function conditionsIn(value: unknown): Condition[] {
	const list: unknown = Array.isArray(value)
		? value
		: (value as IDataObject | undefined)?.condition;
	if (!Array.isArray(list)) return [];
	return list.map((entry: unknown) => {
		const { attribute, operator, value: operand } = (entry ?? {}) as IDataObject;
		return {
			attribute: String(attribute ?? '').trim(),
			operator: String(operator ?? 'eq'),
			value: operand ?? '',
		};
	});
}
