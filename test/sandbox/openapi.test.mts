import { services } from '../../sandbox/routes/services.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api, call } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ settings: { reservable: 'POST' } });
});
afterAll(() => sandbox.close());

it('lists every service on the docs page, without authentication', async () => {
	const page = await call(sandbox, 'GET', '/api/v3/docs/');
	expect([page.status, page.headers['content-type']]).toEqual([
		200,
		expect.stringContaining('text/html'),
	]);
	for (const { name, beta } of services) {
		expect(page.text).toContain(`/api/v3/${name}/openapi`);
		const { body } = await call(sandbox, 'GET', `/api/v3/${name}/openapi`);
		expect(body.openapi).toMatch(/^3\./);
		expect(body.info.title.includes('BETA')).toBe(beta === true);
	}
});

it('describes only what is there', async () => {
	for (const { name } of services) {
		const { paths } = (await call(sandbox, 'GET', `/api/v3/${name}/openapi`)).body;
		for (const [path, operations] of Object.entries<object>(paths)) {
			for (const method of Object.keys(operations)) {
				const real = path.replace('/api/v3/', '').replace(/\{\w+\}/g, crypto.randomUUID());
				const { status, body } = await api(sandbox, method.toUpperCase(), real, {});
				const isThere = status !== 405 && body?.message !== 'The requested resource was not found.';
				expect([method, path, isThere]).toEqual([method, path, true]);
			}
		}
	}
});

it('leaves out what works all the same, and what is not there', async () => {
	const verbs = async (service: string, path: string) =>
		Object.keys((await call(sandbox, 'GET', `/api/v3/${service}/openapi`)).body.paths[path] ?? {});
	expect(await verbs('visitormanagement', '/api/v3/visitormanagement/visitors')).toEqual(['get']);
	expect(await verbs('visitormanagement', '/api/v3/visitormanagement/invitations')).toEqual([]);
	expect(await verbs('reservation', '/api/v3/reservation/resources/reservable')).toEqual(['post']);
});

it('names the parameters of a listing', async () => {
	const { paths } = (await call(sandbox, 'GET', '/api/v3/users/openapi')).body;
	expect(paths['/api/v3/users'].get.parameters.map((parameter: any) => parameter.name)).toEqual([
		'start',
		'limit',
		'userType',
	]);
	expect(paths['/api/v3/users/{id}'].get.parameters).toEqual([
		{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
	]);
});
