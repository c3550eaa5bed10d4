import type { IDataObject } from 'n8n-workflow';
import { refuseInexact } from '../transport/exactNumbers';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';

/** JSON that goes as it was typed: reading and printing it would round its large numbers. */
export class JsonText {
	constructor(readonly text: string) {}
}

/**
 * What a JSON field holds: text that is JSON, or the value that an expression gives.
 *
 * @param label how users know the parameter
 * @param isExact whether its numbers matter; they do not where the text itself is sent
 * @throws RequestFailed when it is no JSON, or a number in it was rounded
 */
export function json(value: unknown, label: string, isExact = true): IDataObject[string] {
	const read = typeof value === 'string' ? parsed(value, label) : value;
	if (isExact) refuseInexact(read, label);
	return read as IDataObject[string];
}

/** The same where it has to be an object. */
export function jsonObject(value: unknown, label: string): IDataObject {
	const object = json(value, label);
	if (isRecord(object)) return object;
	throw badInput(
		`The parameter "${label}" holds something else than a JSON object`,
		'Enter an object such as { "key": "value" }.',
	);
}

/** The same as text to send: what was typed is checked and stays as it is. */
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
			`The parameter "${label}" does not hold JSON`,
			'Check quotation marks, commas and brackets.',
		);
	}
}
