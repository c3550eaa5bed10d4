import type { Traversal } from './traversal';
import { isRecord } from '../transport/record';
import { isUsableName, lineOf, own, type JsonObject } from './untrusted';

/** What a schema requires, as far as one level of fields can show it. */
export interface Shape {
	/** A type of JSON Schema; undefined if there are several or none. */
	type?: string;
	format?: string;
	/** The values of an enumeration. */
	values: unknown[];
	/** The labels of these values, if the description has any. */
	labels: unknown[];
	properties: Map<string, unknown>;
	required: Set<string>;
	items?: unknown;
	description: string;
	isReadOnly: boolean;
	/** Whether null is allowed, as in `type: [string, 'null']` or `nullable: true`. */
	isNullable: boolean;
	/** Whether several different schemas are possible. */
	isMixed: boolean;
}

/**
 * The shape of a schema: follows references, merges `allOf`, and leaves `null` out of the types. Reads each
 * part only once, so cycles and repetitions end. What a part itself says takes precedence over what it
 * inherits.
 *
 * @throws RequestFailed once the budget of the traversal is spent
 */
export function shapeOf(traversal: Traversal, schema: unknown): Shape {
	const shape: Shape = {
		...{ values: [], labels: [], properties: new Map(), required: new Set() },
		...{ description: '', isReadOnly: false, isNullable: false, isMixed: false },
	};
	const seen = new Set<JsonObject>();
	const parts = [schema];
	// The loop adds to this list.
	for (const reference of parts) {
		const part = traversal.resolved(reference);
		if (!part || seen.has(part)) continue;
		seen.add(part);
		take(traversal, shape, part);
		for (const one of traversal.list(part, 'allOf')) parts.push(one);
		const choices = [...traversal.list(part, 'oneOf'), ...traversal.list(part, 'anyOf')];
		const real = choices.filter((choice) => !isNull(traversal.resolved(choice)));
		shape.isNullable ||= real.length < choices.length;
		if (real.length === 1) parts.push(real[0]);
		else if (real.length > 1) shape.isMixed = true;
	}
	shape.type ??= impliedType(shape);
	return shape;
}

function take(traversal: Traversal, shape: Shape, part: JsonObject): void {
	const types = traversal
		.values(part, 'type')
		.filter((type) => type !== 'null' && isUsableName(type));
	if (types.length > 1) shape.isMixed = true;
	else shape.type ??= types[0] as string | undefined;
	const format = own(part, 'format');
	if (typeof format === 'string') shape.format ??= format;
	if (shape.values.length === 0) {
		shape.values = traversal.list(part, 'enum').filter(isScalar);
		const labels = ['x-enumNames', 'x-enum-varnames'].find((name) => own(part, name) !== undefined);
		shape.labels = labels === undefined ? [] : traversal.list(part, labels);
	}
	for (const [name, property] of traversal.entries(part, 'properties')) {
		if (!shape.properties.has(name)) shape.properties.set(name, property);
	}
	for (const name of traversal.list(part, 'required')) {
		if (isUsableName(name)) shape.required.add(name);
	}
	shape.items ??= own(part, 'items');
	shape.description ||= lineOf(own(part, 'description')) || lineOf(own(part, 'title'));
	shape.isReadOnly ||= own(part, 'readOnly') === true;
	shape.isNullable ||=
		traversal.values(part, 'type').includes('null') ||
		[own(part, 'nullable'), own(part, 'x-nullable')].includes(true);
}

function impliedType({ isMixed, properties, items, values }: Shape): string | undefined {
	if (isMixed) return undefined;
	if (properties.size > 0) return 'object';
	if (isRecord(items)) return 'array';
	const types = new Set(values.map((value) => typeof value));
	return types.size === 1 ? [...types][0] : undefined;
}

function isNull(schema: JsonObject | undefined): boolean {
	return schema !== undefined && own(schema, 'type') === 'null';
}

function isScalar(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}
