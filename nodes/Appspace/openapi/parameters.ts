import type { FieldType } from 'n8n-workflow';
import { isRecord } from '../transport/record';
import { isSettableHeader } from '../transport/requestHeaders';
import { bodyOf, type Body } from './body';
import type { Description } from './document';
import type { Endpoint } from './endpoints';
import { shapeOf, type Shape } from './shape';
import { Traversal } from './traversal';
import { isUsableName, lineOf, own, type JsonObject } from './untrusted';

/** Where a value goes: `body` is one field of the body, `content` the whole of it. */
export type Place = 'path' | 'query' | 'header' | 'body' | 'content';

/** One value that an endpoint takes. */
export interface Parameter {
	/** Unique within the endpoint: `path.id`, `query.limit`, `body.name`, `content`. */
	id: string;
	place: Place;
	name: string;
	required: boolean;
	description: string;
	/** As n8n names types; `string` also where several are possible. */
	type: FieldType;
	/** Where several types are possible: text that is JSON is taken as such. */
	isMixed: boolean;
	options: Array<{ name: string; value: string | number | boolean }>;
	/** What its schema asks for. */
	shape: Shape;
	/** What the schema of a list asks of each entry; undefined where it says nothing. */
	entries?: Shape;
	/** Between the entries of a list in a path, a query or a header; each on its own where there is none. */
	separator?: string;
	/** How the properties of an object stand in a query: by their own names, or `name[property]`. */
	nesting?: 'plain' | 'bracketed';
}

export interface Parameters {
	parameters: Parameter[];
	body: Body;
}

/** More fields than these nobody fills in one by one. */
const MOST_FIELDS = 300;
const MOST_OPTIONS = 500;

/** Names and text that no schema describes. */
const TEXT: Shape = {
	...{ type: 'string', values: [], labels: [], properties: new Map(), required: new Set() },
	...{ description: '', isReadOnly: false, isNullable: false, isMixed: false },
};

/**
 * Everything that an endpoint takes: what stands in its path first, then query, headers and body.
 *
 * @throws RequestFailed where that is more than can be gone through
 */
export function parametersOf(description: Description, endpoint: Endpoint): Parameters {
	const traversal = new Traversal(description, 'it describes this endpoint with too many parts');
	const declared = declaredIn(traversal, endpoint);
	const named = declared.flatMap((one) => asParameter(traversal, one));
	const inPath = placeholdersIn(endpoint.segments).map(
		(name) =>
			named.find((one) => one.place === 'path' && one.name === name) ??
			parameter(traversal, 'path', name, TEXT, true),
	);
	const others = (place: Place) => named.filter((one) => one.place === place);
	const body = bodyOf(traversal, endpoint.operation, declared);
	return {
		parameters: [
			...inPath,
			...others('query'),
			...others('header'),
			...bodyFields(traversal, body),
		],
		body,
	};
}

/** The names in braces, each once. */
export function placeholdersIn(segments: string[]): string[] {
	const names = segments.flatMap((segment) =>
		[...segment.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name),
	);
	return [...new Set(names)].filter(isUsableName);
}

/** Parameters of the path and of the method; where both have one, the method's counts. */
function declaredIn(traversal: Traversal, { operation, pathItem }: Endpoint): JsonObject[] {
	const byKey = new Map<string, JsonObject>();
	const shared = traversal.list(pathItem, 'parameters');
	for (const entry of [...shared, ...traversal.list(operation, 'parameters')]) {
		const one = traversal.resolved(entry);
		if (!one || !isUsableName(own(one, 'name'))) continue;
		byKey.set(`${String(own(one, 'in'))} ${String(own(one, 'name'))}`, one);
	}
	return [...byKey.values()].slice(0, MOST_FIELDS);
}

function asParameter(traversal: Traversal, declared: JsonObject): Parameter[] {
	const place = own(declared, 'in');
	const name = own(declared, 'name') as string;
	if (place !== 'path' && place !== 'query' && place !== 'header') return [];
	// What signs and frames the request is not for a parameter to say.
	if (place === 'header' && !isSettableHeader(name)) return [];
	// Version 2 has the schema's words in the parameter itself.
	const shape = shapeOf(traversal, own(declared, 'schema') ?? declared);
	const isRequired = place === 'path' || own(declared, 'required') === true;
	const one = parameter(traversal, place, name, shape, isRequired);
	const description = lineOf(own(declared, 'description')) || one.description;
	const isNested = place === 'query' && shape.type === 'object';
	const nesting = own(declared, 'style') === 'deepObject' ? 'bracketed' : 'plain';
	return [
		{
			...{ ...one, description, separator: separatorOf(declared, place) },
			...(isNested && own(declared, 'explode') !== false && { nesting }),
		},
	];
}

function bodyFields(traversal: Traversal, body: Body): Parameter[] {
	if (body.kind === 'none' || body.kind === 'unknown') return [];
	const shape = shapeOf(traversal, body.schema);
	const fields = [...shape.properties].flatMap(([name, schema]): Parameter[] => {
		const inner = shapeOf(traversal, schema);
		return inner.isReadOnly
			? []
			: [parameter(traversal, 'body', name, inner, shape.required.has(name))];
	});
	const isOneByOne = !shape.isMixed && fields.length > 0 && fields.length <= MOST_FIELDS;
	if (isOneByOne && body.kind !== 'file' && body.kind !== 'text') return fields;
	const whole = parameter(traversal, 'content', 'Body', shape, body.isRequired);
	const isText = body.kind === 'file' || body.kind === 'text';
	const content: Partial<Parameter> = isText
		? { type: 'string', isMixed: false, options: [], shape: TEXT }
		: {};
	return [
		{ ...whole, id: 'content', description: body.description || whole.description, ...content },
	];
}

function parameter(
	traversal: Traversal,
	place: Place,
	name: string,
	shape: Shape,
	required: boolean,
): Parameter {
	const values = shape.type === 'array' || shape.isMixed ? [] : shape.values;
	const isChoice = values.length > 0 && values.length <= MOST_OPTIONS;
	// Where some values were left out, nobody knows which name is whose.
	const labels = shape.labels.length === values.length ? shape.labels : [];
	const options = (isChoice ? values : []).map((value, at) => ({
		name: lineOf(labels[at]) || String(value),
		value: value as string | number | boolean,
	}));
	return {
		...{ id: `${place}.${name}`, place, name, required, options, shape },
		entries: isRecord(shape.items) ? shapeOf(traversal, shape.items) : undefined,
		description: shape.description || contentsOf(shape),
		type: isChoice ? 'options' : isLongWord(place, shape) ? 'string' : fieldTypeOf(shape),
		isMixed: shape.isMixed || shape.type === undefined,
	};
}

/** An integer that goes as text, and of more digits than a field for numbers keeps. */
function isLongWord(place: Place, { format, isMixed }: Shape): boolean {
	return format === 'int64' && !isMixed && place !== 'body' && place !== 'content';
}

function fieldTypeOf({ type, format, isMixed }: Shape): FieldType {
	if (isMixed) return 'string';
	switch (type) {
		case 'integer':
		case 'number':
			return 'number';
		case 'boolean':
		case 'array':
		case 'object':
			return type;
		default:
			return format === 'date-time' ? 'dateTime' : 'string';
	}
}

/** For a nested object without a description: what is in it. */
function contentsOf({ type, properties }: Shape): string {
	if (type !== 'object' || properties.size === 0) return '';
	return lineOf(`JSON with ${[...properties.keys()].slice(0, 20).join(', ')}`);
}

/**
 * What stands between the entries of a list: as the description says it, else as its version of OpenAPI
 * takes for granted, which is each on its own in a query of version 3 and a comma everywhere else.
 */
function separatorOf(declared: JsonObject, place: Place): string | undefined {
	const format = own(declared, 'collectionFormat');
	const style = own(declared, 'style');
	if (format === 'ssv' || style === 'spaceDelimited') return ' ';
	if (format === 'tsv') return '\t';
	if (format === 'pipes' || style === 'pipeDelimited') return '|';
	if (place !== 'query') return ',';
	if (format === 'multi') return undefined;
	// A schema of its own is what version 3 has.
	const isRepeated = own(declared, 'schema') !== undefined && own(declared, 'explode') !== false;
	return isRepeated ? undefined : ',';
}
