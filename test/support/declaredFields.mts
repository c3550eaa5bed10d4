import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodeType } from 'n8n-workflow';
import type { Tenant } from '../../sandbox/server.mts';
import { exampleFor, SUBJECTS, type Subject } from '../faults/examples.mts';

/** One value that the built node accepts, as its description declares it. */
export interface DeclaredField {
	subject: Subject;
	/** From the parameter down: `['filters', 'minCapacity']`, `['properties', 'property', 'value']`. */
	path: [string, ...string[]];
	field: INodeProperties;
	/** The parameter that contains it. */
	parameter: INodeProperties;
	/** `space.findAvailable filters.minCapacity` */
	name: string;
}

const require = createRequire(join(process.cwd(), 'package.json'));
const { Appspace } = require('./dist/nodes/Appspace/Appspace.node.js') as {
	Appspace: new () => INodeType;
};

/** Every parameter of every operation; those within collections individually. */
export const DECLARED: DeclaredField[] = new Appspace().description.properties.flatMap(
	(parameter) => {
		const { resource = [], operation = [] } = parameter.displayOptions?.show ?? {};
		const name = `${String(resource[0])}.${String(operation[0])}`;
		const subject = SUBJECTS.find((one) => one.name === name);
		if (!subject) return [];
		return leavesOf(parameter).map(({ path, field }) => {
			return { subject, path, field, parameter, name: `${subject.name} ${path.join('.')}` };
		});
	},
);

/**
 * Parameters with which the operation works on a record of the tenant and shows the field. The field has
 * this value, or none if it is undefined.
 */
export function parametersWith(
	{ subject, path, field, parameter }: DeclaredField,
	value: unknown,
	tenant: Tenant,
): Record<string, unknown> {
	const [name, inner, entry] = path;
	const { [name]: present, ...others } = {
		...(exampleFor(subject, tenant, 0) as Record<string, unknown>),
		...shownBy(parameter),
		...(field.name === 'pageSize' && asList(subject)),
	};
	if (inner === undefined) return value === undefined ? others : { ...others, [name]: value };
	const given = value === undefined ? {} : { [field.name]: value };
	if (entry === undefined) {
		const { [inner]: _, ...more } = (present ?? {}) as Record<string, unknown>;
		return { ...others, [name]: { ...more, ...given } };
	}
	const [group] = parameter.options as INodePropertyCollection[];
	const siblings = (group?.values ?? []).map((one): [string, string] => [one.name, 'x']);
	return { ...others, [name]: { [inner]: [{ ...Object.fromEntries(siblings), ...given }] } };
}

/** Makes the operation list records, if that depends on a parameter. */
function asList(subject: Subject): Record<string, unknown> {
	const limit = DECLARED.find((one) => one.subject === subject && one.field.name === 'limit');
	return limit ? shownBy(limit.parameter) : {};
}

/** The values that make the form show a parameter. */
function shownBy({ displayOptions }: INodeProperties): Record<string, unknown> {
	const { resource: _, operation: __, ...show } = displayOptions?.show ?? {};
	const chosen = Object.entries(show).map(([name, values]) => [name, values?.[0]]);
	const isHiddenByMethod = displayOptions?.hide?.endpoint !== undefined;
	return {
		...Object.fromEntries(chosen),
		...(show.method?.[0] === 'GET' && { path: 'devices' }),
		...(isHiddenByMethod && {
			endpoint: 'GET /api/v3/devices',
			parameters: { mappingMode: 'defineBelow', value: {} },
		}),
	};
}

function leavesOf(field: INodeProperties): Array<Pick<DeclaredField, 'path' | 'field'>> {
	if (field.type === 'notice') return [];
	if (field.type === 'collection') {
		return (field.options as INodeProperties[]).flatMap((inner) => {
			// Deeper fields have a separate form.
			return inner.type === 'fixedCollection'
				? []
				: [{ path: [field.name, inner.name], field: inner }];
		});
	}
	if (field.type !== 'fixedCollection') return [{ path: [field.name], field }];
	return (field.options as INodePropertyCollection[]).flatMap(({ name, values }) =>
		values.map((inner) => ({
			path: [field.name, name, inner.name] as [string, ...string[]],
			field: inner,
		})),
	);
}
