import type { IDataObject } from 'n8n-workflow';
import { JsonText } from '../fields/json';
import { isGiven } from '../runtime/parameterValues';
import { refuseInexact } from '../transport/exactNumbers';
import { badInput, type RequestFailed } from '../transport/failure';
import { isRecord } from '../transport/record';
import { requestHeaders } from '../transport/requestHeaders';
import type { TenantRequest } from '../transport/tenantRequest';
import { sentPath } from '../transport/typedPath';
import { sentType, type Body } from './body';
import type { Parameter, Parameters } from './parameters';
import { bodyNotSent } from './typedEndpoint';
import { typedValue } from './typedValue';
import { entriesOf } from './untrusted';

/** A request to an endpoint, apart from its method. */
export interface EndpointRequest {
	/** Relative to `/api/v3/`, encoded, query included. */
	path: string;
	headers: IDataObject;
	/** The body before serialization: JSON, or the text itself. */
	content?: { type: string; value: unknown; isFile: boolean };
}

type Pair = [name: string, value: string];

/**
 * Builds the request from these values.
 *
 * @param segments the path below `/api/v3/`, with placeholders to fill in
 * @param query the query that was typed after the path
 * @param values by the IDs of parameters or by their names; empty ones are left out
 * @param zone the time zone for dates without an offset
 * @throws RequestFailed for a value that is missing, of another type, or not a parameter of the endpoint
 */
export function requestFor(
	{ segments, query }: { segments: string[]; query: Pair[] },
	{ parameters, body }: Parameters,
	values: IDataObject,
	zone: string,
): EndpointRequest {
	const given = new Map<Parameter, unknown>();
	for (const [key, value] of Object.entries(values)) {
		if (value === undefined || value === '') continue;
		const one =
			parameters.find(({ id }) => id === key) ?? parameters.find(({ name }) => name === key);
		if (!one && value === null) continue;
		if (!one) {
			throw badInput(
				`The endpoint has no parameter "${key}"`,
				'Load the parameters again, or set "Parameters As" to JSON.',
			);
		}
		if (value === null) {
			// Null removes a value if the schema allows it; elsewhere it counts as empty.
			if (one.place === 'body' && one.shape.isNullable) given.set(one, null);
		} else if (isGiven(value) || isText(one)) {
			given.set(one, typedValue(one, value, zone));
		}
	}
	const filled = (place: Parameter['place']) =>
		[...given].filter(([parameter]) => parameter.place === place);
	const inPath = new Map(filled('path').map(([one, value]) => [one.name, text(one, value)]));
	const path = filledSegments(segments, inPath);
	const stillMissing = parameters.find((one) => {
		return one.required && one.place !== 'path' && !given.has(one);
	});
	// Check required fields of the body only if there is a body.
	const hasBody =
		body.kind === 'unknown' ||
		body.isRequired ||
		filled('body').length > 0 ||
		filled('content').length > 0;
	if (stillMissing && (hasBody || !['body', 'content'].includes(stillMissing.place))) {
		const isTyped = query.some(([name]) => name === stillMissing.name);
		if (!isTyped) throw missing(stillMissing.name);
	}
	const pairs = filled('query').flatMap(([one, value]) => pairsOf(one, value));
	const headers = filled('header').map(([one, value]): Pair => [one.name, text(one, value)]);
	return {
		path: sentPath(path, [...query, ...pairs]),
		headers: requestHeaders(headers),
		...(hasBody && { content: contentIn(body, [...filled('content'), ...filled('body')]) }),
	};
}

function contentIn(body: Body, given: Array<[Parameter, unknown]>): EndpointRequest['content'] {
	const [first] = given;
	if (body.kind === 'none') {
		if (first) throw bodyNotSent(first[0].name);
		return undefined;
	}
	if (body.kind === 'unknown') {
		throw badInput(
			`The endpoint wants a body of the type ${body.contentType}, which this operation cannot send`,
			'Use the HTTP Request node with the Appspace API credential.',
		);
	}
	const type = sentType(body);
	const whole = given.find(([{ place }]) => place === 'content');
	if (whole) return { type, value: whole[1], isFile: body.kind === 'file' };
	if (body.kind === 'form') {
		const pairs = given.flatMap(([one, held]) => pairsOf(one, held));
		return { type, value: new URLSearchParams(pairs).toString(), isFile: false };
	}
	const fields = given.map(([{ name }, held]) => `${JSON.stringify(name)}:${printed(held, name)}`);
	return { type, value: new JsonText(`{${fields.join(',')}}`), isFile: false };
}

/** Whether blanks can be meant. */
function isText({ type, shape, isMixed }: Parameter): boolean {
	return type === 'string' && (isMixed || shape.type === 'string');
}

/** Serializes a body. Text stays text if that is its type, and typed JSON keeps its text. */
export function contentToSend(type: string, value: unknown): NonNullable<TenantRequest['content']> {
	const isText = typeof value === 'string' && !/json/i.test(type);
	return { type, data: isText ? value : printed(value) };
}

function printed(value: unknown, name = 'Body'): string {
	if (value instanceof JsonText) return value.text;
	refuseInexact(value, name);
	return JSON.stringify(value) ?? 'null';
}

/**
 * Fills in the placeholders of a path.
 *
 * @throws RequestFailed for a placeholder without a value
 */
export function filledSegments(segments: string[], values: Map<string, string>): string[] {
	return segments.map((segment) =>
		segment.replace(/\{([^{}]+)\}/g, (_, name: string) => {
			const value = values.get(name)?.trim() ?? '';
			if (value === '') throw missing(name);
			return value;
		}),
	);
}

function missing(name: string): RequestFailed {
	return badInput(
		`The parameter "${name}" of the endpoint is empty`,
		'Enter a value: the endpoint requires it.',
	);
}

function pairsOf(parameter: Parameter, value: unknown): Pair[] {
	const { name, separator, nesting } = parameter;
	if (Array.isArray(value) && separator === undefined) {
		return value.map((entry): Pair => [name, wordOf(entry)]);
	}
	if (nesting && isRecord(value)) {
		return entriesOf(value).map(([key, inner]): Pair => {
			return [nesting === 'bracketed' ? `${name}[${key}]` : key, wordOf(inner)];
		});
	}
	return [[name, text(parameter, value)]];
}

function text({ separator = ',' }: Parameter, value: unknown): string {
	return Array.isArray(value) ? value.map(wordOf).join(separator) : wordOf(value);
}

/** A value as text for a path, a query, or a header. */
export function wordOf(value: unknown): string {
	if (value instanceof JsonText) return value.text;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
