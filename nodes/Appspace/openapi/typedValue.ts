import { json, JsonText, jsonText } from '../fields/json';
import { calendarDay, instant } from '../runtime/instant';
import { booleanIn, isGiven, numberIn, textIn } from '../runtime/parameterValues';
import { refuseInexact } from '../transport/exactNumbers';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import type { Parameter } from './parameters';
import type { Shape } from './shape';

/** The most values to name in a message. */
const MAX_VALUES = 12;
const WHOLE = /^[+-]?\d+$/;

/** How a value is used: its name in messages, whether it is sent as text, and the time zone of dates. */
interface Use {
	name: string;
	/**
	 * Whether the value goes into a path, a query, or a header, where a number keeps its original text and
	 * nothing rounds it.
	 */
	isWord: boolean;
	zone: string;
}

/**
 * Converts a value to the type in the schema of the parameter, if the conversion is unambiguous. JSON typed
 * for a body keeps its text (`JsonText`).
 *
 * @param zone the time zone for dates without an offset
 * @throws RequestFailed that names the parameter
 */
export function typedValue(parameter: Parameter, value: unknown, zone: string): unknown {
	const { name, place, shape, entries, isMixed } = parameter;
	const use: Use = { name, isWord: place !== 'body' && place !== 'content', zone };
	if (isMixed) return mixed(value, use);
	switch (parameter.type) {
		case 'array':
			return listFor(entries, value, use);
		case 'object':
			return objectFor(value, use);
		default:
			return scalarFor(shape, value, use);
	}
}

function scalarFor(shape: Shape, value: unknown, use: Use): unknown {
	if (shape.values.length > 0) return choiceFor(shape, value, use);
	switch (shape.type) {
		case 'integer':
			return wholeFor(value, use);
		case 'number':
			return numberFor(value, use);
		case 'boolean':
			return booleanIn(value) ?? refuse(use, 'true or false');
		default:
			return textFor(shape, value, use);
	}
}

function wholeFor(value: unknown, use: Use): unknown {
	const word = typeof value === 'string' ? value.trim() : '';
	if (use.isWord && WHOLE.test(word)) return word;
	const number = numberIn(value);
	if (Number.isInteger(number)) return number;
	const isLarge = WHOLE.test(word) || Number.isInteger(value);
	return refuse(use, isLarge ? 'a whole number up to 9007199254740991' : 'a whole number');
}

function numberFor(value: unknown, use: Use): unknown {
	const number = numberIn(value);
	// `numberIn` does not accept an integer that is too large for a number.
	if (use.isWord && typeof value === 'string') {
		const word = value.trim();
		if (WHOLE.test(word) || !Number.isNaN(number)) return word;
	}
	return Number.isNaN(number) ? refuse(use, 'a number that can be sent exactly') : number;
}

function textFor({ format }: Shape, value: unknown, use: Use): string {
	if (format === 'date-time') {
		return instant(value, use.zone) ?? refuse(use, 'a date, such as 2026-01-31T09:00:00Z');
	}
	if (format === 'date') {
		return calendarDay(value, use.zone) ?? refuse(use, 'a day, such as 2026-01-31');
	}
	return textIn(value) ?? refuse(use, 'text');
}

/** A value of the enumeration, given as the value or as its label in the description. */
function choiceFor({ values, labels }: Shape, value: unknown, use: Use): unknown {
	const text = textIn(value)?.trim() ?? '';
	const isSame = (one: unknown) => String(one).toLowerCase() === text.toLowerCase();
	const named = labels.length === values.length ? labels.findIndex(isSame) : -1;
	const at = [values.findIndex((one) => String(one) === text), values.findIndex(isSame), named];
	const found = at.find((index) => index >= 0);
	if (found !== undefined) return values[found];
	return refuse(use, `one of ${values.slice(0, MAX_VALUES).map(String).join(', ')}`);
}

function listFor(entries: Shape | undefined, value: unknown, use: Use): unknown {
	const isJson = typeof value === 'string' && value.trim().startsWith('[');
	const isOfScalars = entries && !entries.isMixed && !/object|array/.test(entries.type ?? 'object');
	if (isJson && !use.isWord && !isOfScalars) {
		const typed = jsonText(value, use.name);
		return Array.isArray(JSON.parse(typed.text)) ? typed : refuse(use, 'a JSON list');
	}
	const held: unknown = isJson ? json(value, use.name) : value;
	const list: unknown[] = typeof held === 'string' ? held.split(',') : [held].flat();
	const filled = list
		.map((entry) => (typeof entry === 'string' ? entry.trim() : entry))
		.filter(isGiven);
	return isOfScalars ? filled.map((entry) => scalarFor(entries, entry, use)) : filled;
}

function objectFor(value: unknown, use: Use): unknown {
	const object = json(value, use.name, use.isWord);
	if (!isRecord(object)) return refuse(use, 'a JSON object');
	return typeof value === 'string' && !use.isWord ? jsonText(value, use.name) : object;
}

/** Reads text as JSON where it is valid JSON. In a query, only lists and objects count. */
function mixed(value: unknown, use: Use): unknown {
	if (use.isWord) refuseInexact(value, use.name);
	if (typeof value !== 'string') return value;
	if (use.isWord && !/^\s*[[{]/.test(value)) return value;
	try {
		const parsed: unknown = JSON.parse(value);
		return use.isWord ? parsed : new JsonText(value.trim());
	} catch {
		return value;
	}
}

function refuse({ name }: Use, wanted: string): never {
	throw badInput(
		`The parameter "${name}" of the endpoint is not ${wanted}`,
		'Check the value of this parameter.',
	);
}
