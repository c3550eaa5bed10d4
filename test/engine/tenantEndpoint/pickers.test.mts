import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { services } from '../../../sandbox/routes/services.mts';
import { apiCalls, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import {
	describedEndpoints,
	type Described,
	type DescribedEndpoint,
} from '../../support/describedEndpoints.mts';
import { describedTenant } from '../../support/describedTenant.mts';
import { listSearch, resourceMapping } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
let endpoints: DescribedEndpoint[];
beforeAll(async () => {
	sandbox = await startSandbox();
	credentials = sandboxCredential(sandbox);
	endpoints = await describedEndpoints(sandbox);
});
beforeEach(() => {
	sandbox.clearFaults();
	sandbox.clearRequests();
});
afterAll(async () => await sandbox.close());

const servicesFor = async (filter?: string) =>
	(await listSearch({ method: 'searchServices', credentials, filter })).results;
const endpointsOf = async (service: string, filter?: string) => {
	const parameters = { service: locator(service, 'list') };
	return (await listSearch({ method: 'searchEndpoints', credentials, parameters, filter })).results;
};
const fieldsOf = async ({ service, method, path }: DescribedEndpoint) => {
	const parameters = { service: locator(service), endpoint: locator(`${method} ${path}`, 'list') };
	const mapping = { method: 'getEndpointParameters', credentials, parameters };
	return (await resourceMapping(mapping)).fields;
};

describe('services', () => {
	it('are those that the tenant lists', async () => {
		expect((await servicesFor()).map(({ value }) => value)).toEqual(
			services.map(({ name }) => name),
		);
		expect(apiCalls(sandbox).map(({ path }) => path)).toEqual(['/api/v3/docs/']);
	});

	it('are found by name and title, and marked', async () => {
		expect(await servicesFor('visitor man')).toEqual([
			{ name: 'visitormanagement: Visitor Management', value: 'visitormanagement' },
		]);
		expect((await servicesFor('beta')).map(({ value }) => value)).toEqual([
			...['contentfeed', 'signschannel'],
		]);
	});

	it.each<[string, Parameters<Sandbox['fault']>[0]]>([
		['has no index', { status: 404 }],
		['has a script for an index', { body: '<script src="swagger-initializer.js"></script>' }],
		['does not show it', { status: 403 }],
	])('are those of public sources where the tenant %s', async (_, fault) => {
		sandbox.fault({ path: /\/docs\/?$/, times: 9, ...fault });
		const found = await servicesFor();
		expect(found).toHaveLength(15);
		expect(found[4]).toEqual({ name: 'devices: not listed by the tenant', value: 'devices' });
	});

	it('wrong access data surface', async () => {
		const wrong = sandboxCredential(sandbox, { refreshToken: 'wrong' });
		const search = listSearch({ method: 'searchServices', credentials: wrong });
		await expect(search).rejects.toMatchObject({ message: expect.stringContaining('SubjectId') });
	});
});

describe('endpoints', () => {
	it('are all that the service describes', async () => {
		for (const { name } of services) {
			const described = endpoints.filter(({ service }) => service === name);
			expect((await endpointsOf(name)).map(({ value }) => value).sort()).toEqual(
				described.map(({ method, path }) => `${method} ${path}`).sort(),
			);
		}
	});

	it.each([
		['a part of the path', 'networks', 'screencap', 1],
		['method and path', 'devices', 'post /tasks', 1],
		['words of the summary, in any order', 'users', 'GROUPS lists', 2],
		['nothing', 'users', 'no such thing', 0],
	])('are found by %s', async (_, service, filter, count) => {
		expect(await endpointsOf(service, filter)).toHaveLength(count);
	});

	it('are marked where they are deprecated or BETA', async () => {
		const [broken] = await endpointsOf('devices', 'get properties');
		expect(broken?.name).toBe('GET /devices/{id}/properties (deprecated): Properties of a device');
		const beta = await endpointsOf('contentfeed');
		expect(beta.every(({ name }) => name.includes('(BETA)'))).toBe(true);
	});

	it('need a service', async () => {
		await expect(endpointsOf('')).rejects.toMatchObject({
			message: expect.stringContaining('Service'),
		});
		await expect(endpointsOf('a/../b')).rejects.toMatchObject({
			message: expect.stringContaining('"Service" is not the name of a service'),
		});
	});
});

/** The field that a parameter or a property of a body has to have. */
function expectedField(id: string, { type, format, enum: values }: Described, required: boolean) {
	const plain: Record<string, string> = { integer: 'number', number: 'number' };
	const text = format === 'date-time' ? 'dateTime' : 'string';
	const named = values ? 'options' : type === 'string' ? text : (plain[type] ?? type);
	return { id, required, type: named, options: values?.map((value: string) => value) };
}

it.each([
	...['GET /api/v3/devices', 'GET /api/v3/devices/devicestatuses', 'POST /api/v3/devices/sync'],
	...['POST /api/v3/devices/{id}/command', 'GET /api/v3/users/usergroups'],
	...['PATCH /api/v3/users/usergroups/{id}', 'PUT /api/v3/channeldirectory/{id}/publishto'],
	...['GET /api/v3/reservation/events', 'POST /api/v3/reservation/reservations'],
	...['GET /api/v3/contentfeed/posts/{id}', 'GET /api/v3/reservation/resources'],
	...['PUT /api/v3/networks/devices/{id}/properties', 'POST /api/v3/libraries/cardtemplates'],
])('%s: fields are the parameters of the description', async (wanted) => {
	const endpoint = endpoints.find(({ method, path }) => `${method} ${path}` === wanted)!;
	const { operation, body } = endpoint;
	const expected = [
		...operation.parameters.map(({ in: place, name, required = false, schema }: Described) =>
			expectedField(`${place}.${name}`, schema, required),
		),
		...Object.entries<Described>(body?.properties ?? {}).map(([name, schema]) =>
			expectedField(`body.${name}`, schema, body?.required?.includes(name) ?? false),
		),
	];
	const fields = await fieldsOf(endpoint);
	expect(expected.length).toBeGreaterThan(0);
	expect(
		fields.map(({ id, required, type, options }) => {
			return { id, required, type, options: options?.map(({ value }) => value) };
		}),
	).toEqual(expected);
	for (const { id, displayName, removed, required } of fields) {
		expect(displayName.startsWith(id.split('.').slice(1).join('.'))).toBe(true);
		expect(removed).toBe(!required);
	}
});

it('a field says where it goes and what its description says', async () => {
	const [start] = await fieldsOf(endpoints.find(({ path }) => path === '/api/v3/users')!);
	expect(start?.displayName).toBe('start (query): The number of records to skip');
});

it('a field that holds a value is never hidden', async () => {
	const parameters = {
		endpoint: locator('GET /api/v3/users'),
		parameters: { mappingMode: 'defineBelow', value: { 'query.userType': 'User' } },
	};
	const mapping = { method: 'getEndpointParameters', credentials, parameters };
	const shown = (await resourceMapping(mapping)).fields.filter(({ removed }) => !removed);
	expect(shown.map(({ id }) => id)).toEqual(['query.userType']);
});

it('a value that was typed in the path is not asked for again', async () => {
	const parameters = { endpoint: locator('GET /api/v3/devices/8f14') };
	const method = 'getEndpointParameters';
	expect((await resourceMapping({ method, credentials, parameters })).fields).toEqual([]);
});

describe('each key stroke is a separate call', () => {
	it('but a description is read once, for this credential alone', async () => {
		const tenant = await describedTenant();
		try {
			const paths = { '/api/v3/things/{id}': { get: { summary: 'Gets a thing' } } };
			tenant.describe('things', { openapi: '3.0.0', paths });
			const parameters = { service: locator('things'), endpoint: locator('GET things/{id}') };
			const ask = async (filter: string, store = tenant.store) =>
				await listSearch({ method: 'searchEndpoints', credentials: store, parameters, filter });
			for (const filter of ['g', 'ge', 'get', 'thing', '']) {
				expect((await ask(filter)).results).toHaveLength(1);
			}
			const method = 'getEndpointParameters';
			await resourceMapping({ method, credentials: tenant.store, parameters });
			expect(tenant.requests).toHaveLength(1);
			const [subjectId = '', refreshToken = ''] = tenant.secrets;
			const other = sandboxCredential({
				url: tenant.url,
				subjectId: `${subjectId}x`,
				refreshToken,
			});
			await ask('g', other);
			expect(tenant.requests).toHaveLength(2);
		} finally {
			await tenant.close();
		}
	});

	it('and what is not there is not remembered', async () => {
		const tenant = await describedTenant();
		try {
			const parameters = { service: locator('things') };
			const search = { method: 'searchEndpoints', credentials: tenant.store, parameters };
			await expect(listSearch(search)).rejects.toMatchObject({
				message: expect.stringContaining('none at this address'),
			});
			tenant.describe('things', { openapi: '3.0.0', paths: { '/x': { get: {} } } });
			expect((await listSearch(search)).results).toHaveLength(1);
		} finally {
			await tenant.close();
		}
	});
});
