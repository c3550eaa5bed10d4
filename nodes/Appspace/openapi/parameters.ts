import type { FieldType } from 'n8n-workflow';
import { isRecord } from '../transport/record';
import { isSettableHeader } from '../transport/requestHeaders';
import { bodyOf, NO_BODY, type Body } from './body';
import type { Description } from './document';
import type { Endpoint } from './endpoints';
import { shapeOf, type Shape } from './shape';
import { Traversal } from './traversal';
import { hasBody } from './typedEndpoint';
import { isUsableName, lineOf, own, type JsonObject } from './untrusted';

/** Where a value goes. `body` is a field of the body, `content` the whole body. */
export type Place = 'path' | 'query' | 'header' | 'body' | 'content';

/** A value that an endpoint accepts. */
export interface Parameter {
	/** Unique within the endpoint: `path.id`, `query.limit`, `body.name`, `content`. */
	id: string;
	place: Place;
	name: string;
	required: boolean;
	description: string;
	/** The type of the field in n8n; `string` also if several types are possible. */
	type: FieldType;
	/** Whether several types are possible; text that is valid JSON is then read as JSON. */
	isMixed: boolean;
	options: Array<{ name: string; value: string | number | boolean }>;
	/** The shape of its schema. */
	shape: Shape;
	/** The shape of the entries of a list; undefined if the schema does not give one. */
	entries?: Shape;
	/**
	 * Separates the entries of a list in a path, a query, or a header. If undefined, each entry is sent
	 * separately.
	 */
	separator?: string;
	/** How a query names the properties of an object: by their own names, or as `name[property]`. */
	nesting?: 'plain' | 'bracketed';
}

export interface Parameters {
	/** Includes what belongs in a body that the method cannot have. */
	parameters: Parameter[];
	/** Of the kind `none` if the method cannot have one. */
	body: Body;
}

/** Nobody fills in more fields than this one by one. */
const MAX_FIELDS = 300;
const MAX_OPTIONS = 500;

/** The shape of names and text without a schema. */
const TEXT: Shape = {
	...{ type: 'string', values: [], labels: [], properties: new Map(), required: new Set() },
	...{ description: '', isReadOnly: false, isNullable: false, isMixed: false },
};

/**
 * Everything that an endpoint accepts: the path first, then query, headers, and body.
 *
 * @throws RequestFailed if the description of the endpoint is too large
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
	const described = bodyOf(traversal, endpoint.operation, declared);
	const isSent = hasBody(endpoint.method);
	const fields = bodyFields(traversal, described);
	return {
		parameters: [
			...inPath,
			...others('query'),
			...others('header'),
			...(isSent ? fields : fields.map((one) => ({ ...one, required: false }))),
		],
		body: isSent ? described : NO_BODY,
	};
}

/** The names in braces, each once. */
export function placeholdersIn(segments: string[]): string[] {
	const names = segments.flatMap((segment) =>
		[...segment.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name),
	);
	return [...new Set(names)].filter(isUsableName);
}

/** The parameters of the path and of the method. If both define one, the method takes precedence. */
function declaredIn(traversal: Traversal, { operation, pathItem }: Endpoint): JsonObject[] {
	const byKey = new Map<string, JsonObject>();
	const shared = traversal.list(pathItem, 'parameters');
	for (const entry of [...shared, ...traversal.list(operation, 'parameters')]) {
		const one = traversal.resolved(entry);
		if (!one || !isUsableName(own(one, 'name'))) continue;
		byKey.set(`${String(own(one, 'in'))} ${String(own(one, 'name'))}`, one);
	}
	return [...byKey.values()].slice(0, MAX_FIELDS);
}

function asParameter(traversal: Traversal, declared: JsonObject): Parameter[] {
	const place = own(declared, 'in');
	const name = own(declared, 'name') as string;
	if (place !== 'path' && place !== 'query' && place !== 'header') return [];
	// A parameter must not set headers that sign or frame the request.
	if (place === 'header' && !isSettableHeader(name)) return [];
	// In version 2, the parameter itself contains the keywords of the schema.
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
	const isOneByOne = !shape.isMixed && fields.length > 0 && fields.length <= MAX_FIELDS;
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
	const isChoice = values.length > 0 && values.length <= MAX_OPTIONS;
	// If some values were left out, the labels no longer match.
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

/**
 * Whether a value is an integer that is sent as text and may have more digits than a number field can keep.
 */
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

/** For a nested object without a description: the names of its properties. */
function contentsOf({ type, properties }: Shape): string {
	if (type !== 'object' || properties.size === 0) return '';
	return lineOf(`JSON with ${[...properties.keys()].slice(0, 20).join(', ')}`);
}

/**
 * The separator between the entries of a list: from the description, otherwise the default of its version
 * of OpenAPI. In version 3, the entries of a query parameter are repeated by default; everywhere else, a
 * comma separates them.
 */
function separatorOf(declared: JsonObject, place: Place): string | undefined {
	const format = own(declared, 'collectionFormat');
	const style = own(declared, 'style');
	if (format === 'ssv' || style === 'spaceDelimited') return ' ';
	if (format === 'tsv') return '\t';
	if (format === 'pipes' || style === 'pipeDelimited') return '|';
	if (place !== 'query') return ',';
	if (format === 'multi') return undefined;
	// Only version 3 has a separate schema.
	const isRepeated = own(declared, 'schema') !== undefined && own(declared, 'explode') !== false;
	return isRepeated ? undefined : ',';
}
