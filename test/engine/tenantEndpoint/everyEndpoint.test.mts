import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import {
	describedEndpoints,
	idFor,
	valueFor,
	type DescribedEndpoint,
} from '../../support/describedEndpoints.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
let atStart: Sandbox['tenant'];
let endpoints: DescribedEndpoint[];
beforeAll(async () => {
	sandbox = await startSandbox({ users: 130 });
	credentials = sandboxCredential(sandbox);
	endpoints = await describedEndpoints(sandbox);
	atStart = structuredClone(sandbox.tenant);
});
beforeEach(() => {
	Object.assign(sandbox.tenant, structuredClone(atStart));
	sandbox.clearRequests();
});
afterAll(async () => await sandbox.close());

/** All values that an endpoint takes, but for those with which pages are asked for. */
function filledIn({ path, operation, body }: DescribedEndpoint) {
	const values: Record<string, unknown> = {};
	const query: Record<string, string> = {};
	let filled = path;
	for (const { name, in: place, schema } of operation.parameters) {
		if (name === 'start' || name === 'limit') continue;
		const value = place === 'path' ? idFor(sandbox.tenant, path, name) : valueFor(schema);
		values[`${place}.${name}`] = value;
		if (place === 'path') filled = filled.replace(`{${name}}`, value as string);
		else query[name] = Array.isArray(value) ? value.join(',') : String(value);
	}
	const properties = Object.keys(body?.properties ?? {});
	const sent = body && (valueFor(body) as Record<string, unknown>);
	for (const name of properties) values[`body.${name}`] = sent?.[name];
	return { values, path: filled, query, body: sent };
}

it('every endpoint that the sandbox describes is called with all its parameters', async () => {
	expect(endpoints.length).toBeGreaterThanOrEqual(30);
	let succeeded = 0;
	for (const endpoint of endpoints) {
		const { method, path, service } = endpoint;
		const expected = filledIn(endpoint);
		sandbox.clearRequests();
		const { error } = await run({
			credentials,
			nodes: [
				appspaceNode('apiCall.callEndpoint', {
					service: locator(service, 'list'),
					endpoint: locator(`${method} ${path}`, 'list'),
					parameters: { mappingMode: 'defineBelow', value: expected.values },
				}),
			],
		});
		const [description, first] = apiCalls(sandbox);
		expect(description).toMatchObject({ method: 'GET', path: `/api/v3/${service}/openapi` });
		const { start, limit, ...query } = first?.query ?? {};
		const isPaged = endpoint.operation.parameters.some(({ name }: any) => name === 'start');
		expect({ method, path, start, limit, query, sent: first?.body, to: first?.path }).toEqual({
			...{ method: first?.method, path, query: expected.query, sent: expected.body },
			...{ to: expected.path, start: isPaged ? '0' : undefined, limit: isPaged ? '50' : undefined },
		});
		if (!error) succeeded++;
		// What the sandbox refuses is told of with method and path.
		else expect(error.message).toContain(`${method} ${expected.path}: `);
	}
	process.stdout.write(`\n${endpoints.length} endpoints called, ${succeeded} with success\n`);
	expect(succeeded).toBeGreaterThanOrEqual(30);
}, 300_000);

it.each([
	['all of them', { returnAll: true }, 130],
	['as many as Limit says', { limit: 105 }, 105],
	['page by page of the size that was chosen', { returnAll: true, options: { pageSize: 20 } }, 130],
])('records of a listing come out: %s', async (_, parameters, count) => {
	const { error, items } = await run({
		credentials,
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				service: locator('users'),
				endpoint: locator('GET /api/v3/users'),
				parameters: { mappingMode: 'defineBelow', value: null },
				...parameters,
			}),
		],
	});
	expect(error).toBeUndefined();
	const ids = sandbox.tenant.users.slice(0, count).map(({ id }) => id);
	expect(items().map(({ json }) => json.id)).toEqual(ids);
});

it('who fills in start or limit gets that page and no other', async () => {
	const value = { 'query.start': 20, 'query.limit': 7 };
	const { items } = await run({
		credentials,
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				endpoint: locator('GET /api/v3/users'),
				parameters: { mappingMode: 'defineBelow', value },
				returnAll: true,
			}),
		],
	});
	const ids = sandbox.tenant.users.slice(20, 27).map(({ id }) => id);
	expect(items().map(({ json }) => json.id)).toEqual(ids);
	expect(apiCalls(sandbox)).toHaveLength(2);
});

it('the description is read once for all items of a run, and writes go one by one', async () => {
	const { items } = await run({
		credentials,
		input: sandbox.tenant.devices.slice(0, 6).map(({ id }) => ({ id })),
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				endpoint: locator('POST /api/v3/devices/{id}/command'),
				parameters: {
					mappingMode: 'defineBelow',
					value: { 'path.id': '={{ $json.id }}', 'body.command': 'restart' },
				},
			}),
		],
	});
	expect(new Set(items().map(({ pairedItem }) => (pairedItem as any).item)).size).toBe(6);
	const paths = apiCalls(sandbox).map(({ path }) => path);
	expect(paths).toEqual([
		'/api/v3/devices/openapi',
		...sandbox.tenant.devices.slice(0, 6).map(({ id }) => `/api/v3/devices/${id}/command`),
	]);
});
