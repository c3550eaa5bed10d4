import { Refusal } from '../answer.mts';

export type JsonObject = Record<string, unknown>;

/** The body as an object. Refuses with 400. */
export function objectBody(body: unknown): JsonObject {
	if (isObject(body)) return body;
	throw new Refusal(400, 'The request body must be a JSON object.');
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list of objects with that name. Refuses with 400. */
export function objects(body: JsonObject, name: string): JsonObject[] {
	const value = body[name];
	if (Array.isArray(value) && value.every(isObject)) return value;
	throw new Refusal(400, `The field ${name} must be a list of objects.`);
}

/** A list of text values with at least one entry. Refuses with 400. */
export function texts(body: JsonObject, name: string): string[] {
	const value = body[name];
	if (
		Array.isArray(value) &&
		value.length > 0 &&
		value.every((entry) => typeof entry === 'string')
	) {
		return value;
	}
	throw new Refusal(400, `The field ${name} must be a list of texts.`);
}

/** A time in milliseconds since the epoch; UTC if it has no zone. Refuses with 400. */
export function moment(body: JsonObject, name: string): number {
	return parsedMoment(requiredText(body, name), name);
}

/** The same for text from the query. */
export function parsedMoment(given: string, name: string): number {
	const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
	const match = isoTime.exec(given);
	const value = match ? Date.parse(match[3] ? given : `${given}Z`) : NaN;
	if (Number.isFinite(value)) return value;
	throw new Refusal(400, `The value '${given}' is not valid for ${name}.`);
}

/** The name of a time zone, if there is one. Refuses with 400. */
export function timeZone(body: JsonObject, name: string): string | undefined {
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: String(value) }) && String(value);
	} catch {
		throw new Refusal(400, `The value '${String(value)}' is not valid for ${name}.`);
	}
}

/** Text that is not empty. Refuses with 400. */
export function requiredText(body: JsonObject, name: string): string {
	const value = body[name];
	if (typeof value === 'string' && value !== '') return value;
	throw new Refusal(400, `The field ${name} is required.`);
}

/** One of the words. Refuses with 400. */
export function word<T extends string>(body: JsonObject, name: string, words: readonly T[]): T {
	const value = body[name];
	if (words.includes(value as T)) return value as T;
	throw new Refusal(400, `The value of ${name} is not valid.`);
}
