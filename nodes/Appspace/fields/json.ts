import type { IDataObject } from 'n8n-workflow';
import { refuseInexact } from '../transport/exactNumbers';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';

/** JSON to send exactly as typed: parsing and printing it would round large numbers. */
export class JsonText {
	constructor(readonly text: string) {}
}

/**
 * The value of a JSON field: parsed text, or the value that an expression returns.
 *
 * @param label the display name of the parameter
 * @param isExact whether to refuse rounded numbers; not needed if the text itself is sent
 * @throws RequestFailed if the text is not JSON, or a number in it was rounded
 */
export function json(value: unknown, label: string, isExact = true): IDataObject[string] {
	const read = typeof value === 'string' ? parsed(value, label) : value;
	if (isExact) refuseInexact(read, label);
	return read as IDataObject[string];
}

/** Like `json`, for a value that must be an object. */
export function jsonObject(value: unknown, label: string): IDataObject {
	const object = json(value, label);
	if (isRecord(object)) return object;
	throw badInput(
		`The parameter "${label}" is not a JSON object`,
		'Enter an object such as { "key": "value" }.',
	);
}

/** Like `json`, as text to send: typed text is checked but not changed. */
export function jsonText(value: unknown, label: string): JsonText {
	if (typeof value !== 'string') return new JsonText(JSON.stringify(json(value, label) ?? null));
	parsed(value, label);
	return new JsonText(value.trim());
}

function parsed(text: string, label: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw badInput(
			`The parameter "${label}" is not valid JSON`,
			'Check the quotation marks, commas, and brackets.',
		);
	}
}
