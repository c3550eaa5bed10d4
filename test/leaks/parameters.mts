import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Operation } from '../../nodes/Appspace/runtime/operation.ts';
import type { Tenant } from '../../sandbox/server.mts';
import { exampleFor, type Subject } from '../faults/examples.mts';

/** A parameter with one value; `path` is unique within its operation, such as `filters.name`. */
export interface Leaf {
	path: string;
	field: INodeProperties;
}

/**
 * Parameters that are known to work for an operation; undefined if test/faults/examples.mts has no
 * example, which its own test reports.
 */
export function exampleOf(subject: Subject, tenant: Tenant): Record<string, unknown> | undefined {
	try {
		return exampleFor(subject, tenant, 0);
	} catch {
		return undefined;
	}
}

/** Every value that a user or an expression can enter in an operation. */
export function leavesOf(operation: Operation): Leaf[] {
	return (operation.fields ?? []).flatMap((field) => leavesIn(field, ''));
}

function leavesIn(field: INodeProperties, within: string): Leaf[] {
	const path = within + field.name;
	if (field.type === 'notice') return [];
	if (field.type === 'collection') {
		return (field.options as INodeProperties[]).flatMap((inner) => leavesIn(inner, `${path}.`));
	}
	if (field.type === 'fixedCollection') {
		return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
			values.flatMap((inner) => leavesIn(inner, `${path}.${name}.`)),
		);
	}
	return [{ path, field }];
}

/** The parameters of an operation with every leaf filled in. */
export function filledIn(
	operation: Operation,
	value: (leaf: Leaf) => unknown,
): Record<string, unknown> {
	const entries = (operation.fields ?? [])
		.filter(({ type }) => type !== 'notice')
		.map((field) => [field.name, filled(field, '', value)] as const);
	return Object.fromEntries(entries);
}

function filled(field: INodeProperties, within: string, value: (leaf: Leaf) => unknown): unknown {
	const path = within + field.name;
	const all = (fields: INodeProperties[], prefix: string) =>
		Object.fromEntries(fields.map((inner) => [inner.name, filled(inner, prefix, value)]));
	if (field.type === 'collection') return all(field.options as INodeProperties[], `${path}.`);
	if (field.type === 'fixedCollection') {
		const groups = (field.options as INodePropertyCollection[]).map(({ name, values }) => {
			const group = all(values, `${path}.${name}.`);
			return [name, field.typeOptions?.multipleValues ? [group] : group] as const;
		});
		return Object.fromEntries(groups);
	}
	const given = value({ path, field });
	if (field.type === 'resourceMapper') {
		return { mappingMode: 'defineBelow', value: { id: given } };
	}
	return field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: given } : given;
}

/** A value that any operation accepts. */
export function harmless({ field }: Leaf): unknown {
	switch (field.type) {
		case 'boolean':
		case 'options':
		case 'multiOptions':
			return field.default;
		case 'number':
			return 3;
		case 'json':
			return '{"key":"value"}';
		case 'dateTime':
			return new Date(Date.now() + (/end/i.test(field.name) ? 2 : 1) * 3_600_000).toISOString();
		default:
			return /zone/i.test(field.name) ? 'Europe/Prague' : 'harmless';
	}
}
