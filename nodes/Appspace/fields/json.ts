import type { IDataObject } from 'n8n-workflow';
import { badInput } from '../transport/failure';

/**
 * What a JSON field holds: text that is JSON, or the value that an expression gives.
 *
 * @param label how users know the parameter
 * @throws RequestFailed when it is no JSON
 */
export function json(value: unknown, label: string): IDataObject[string] {
	if (typeof value !== 'string') return value as IDataObject[string];
	try {
		return JSON.parse(value) as IDataObject[string];
	} catch {
		throw badInput(
			`The parameter "${label}" does not hold JSON`,
			'Check quotation marks, commas and brackets.',
		);
	}
}

/** The same where it has to be an object. */
export function jsonObject(value: unknown, label: string): IDataObject {
	const object = json(value, label);
	if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
		return object as IDataObject;
	}
	throw badInput(
		`The parameter "${label}" holds something else than a JSON object`,
		'Enter an object such as { "key": "value" }.',
	);
}
