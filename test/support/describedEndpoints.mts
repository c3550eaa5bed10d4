import { call } from '../sandbox/tenantClient.mts';
import { services } from '../../sandbox/routes/services.mts';
import type { Sandbox, Tenant } from '../../sandbox/server.mts';

/** A schema or a parameter of a description, unchanged. */
export type Described = Record<string, any>;

/** An endpoint that the sandbox describes. */
export interface DescribedEndpoint {
	service: string;
	method: string;
	/** As described: `/api/v3/devices/{id}`. */
	path: string;
	operation: Described;
	/** The schema of the body with references resolved; undefined if there is none. */
	body?: Described;
}

/** Every endpoint in the sandbox's own descriptions, read without the package under test. */
export async function describedEndpoints(sandbox: Sandbox): Promise<DescribedEndpoint[]> {
	const found: DescribedEndpoint[] = [];
	for (const { name: service } of services) {
		const root: Described = (await call(sandbox, 'GET', `/api/v3/${service}/openapi`)).body;
		for (const [path, item] of Object.entries<Described>(root.paths)) {
			for (const [method, operation] of Object.entries<Described>(item)) {
				const schema = operation.requestBody?.content['application/json'].schema;
				const name = schema?.$ref?.split('/').at(-1);
				const body = name ? root.components.schemas[name] : schema;
				found.push({ service, method: method.toUpperCase(), path, operation, body });
			}
		}
	}
	return found;
}

/** An ID of the tenant that fits a placeholder of this path. */
export function idFor(tenant: Tenant, path: string, name: string): string {
	const { visits, locations, resources } = tenant;
	const [visit] = visits;
	if (name === 'visitorId') return visit!.visitors[0]!.id;
	if (name === 'locationId') return locations[1]!.id;
	if (name === 'eventId') return visit!.id;
	const owners: Array<[RegExp, string]> = [
		[/channel/, tenant.channels[0]!.id],
		[/libraries\/contents/, Object.keys(tenant.contents)[0]!],
		[/cardtemplates/, tenant.cardTemplates[0]!.id],
		[/usergroups/, tenant.userGroups[0]!.id],
		[/users/, tenant.users[0]!.id],
		[/devices/, tenant.devices[0]!.id],
		[/reservation\/events/, tenant.events[0]!.id],
		[/reservations/, tenant.reservations[0]!.id],
		[/reservation\/resources/, resources[0]!.id],
		[/visitors/, tenant.visitors[0]!.id],
		[/posts/, tenant.posts[0]!.id],
	];
	return owners.find(([pattern]) => pattern.test(path))?.[1] ?? tenant.devices[0]!.id;
}

/** A value that matches a schema. */
export function valueFor(schema: Described): unknown {
	if (schema.enum) return schema.enum[0];
	switch (schema.type) {
		case 'integer':
		case 'number':
			return 3;
		case 'boolean':
			return true;
		case 'array':
			return [valueFor(schema.items), valueFor(schema.items)];
		case 'object':
			return Object.fromEntries(
				Object.entries<Described>(schema.properties ?? { any: { type: 'string' } }).map(
					([name, inner]) => [name, valueFor(inner)],
				),
			);
		default:
			return schema.format === 'date-time'
				? '2098-06-01T08:00:00.000Z'
				: `some text, ${schema.format}`;
	}
}
