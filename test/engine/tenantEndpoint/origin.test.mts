import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { describedTenant, type DescribedTenant } from '../../support/describedTenant.mts';
import { listSearch, resourceMapping, run } from '../../support/engine.mts';
import { reply, startRawServer, type RawServer } from '../../support/rawServer.mts';

/** Whatever a description says, a request goes to the tenant, and the token with it to nobody else. */
let tenant: DescribedTenant;
let elsewhere: RawServer;
beforeAll(async () => {
	elsewhere = await startRawServer(() => reply.json({ openapi: '3.0.0', paths: {} }));
	tenant = await describedTenant();
});
beforeEach(() => void (tenant.requests.length = 0));
afterEach(() => expect(elsewhere.connections).toBe(0));
afterAll(async () => await Promise.all([tenant.close(), elsewhere.close()]));

const host = () => new URL(elsewhere.url).host;
const get = { get: {} };

/** Descriptions that want requests to go elsewhere; their endpoint is the last one that can be picked. */
const descriptions: Array<[string, () => object]> = [
	['servers', () => ({ servers: [{ url: elsewhere.url }], paths: { '/a': get } })],
	['servers of a path', () => ({ paths: { '/a': { servers: [{ url: elsewhere.url }], ...get } } })],
	[
		'servers of a method',
		() => ({ paths: { '/a': { get: { servers: [{ url: `//${host()}/` }] } } } }),
	],
	[
		'a server with variables',
		() => ({
			servers: [{ url: 'http://{h}', variables: { h: { default: host() } } }],
			paths: { '/a': get },
		}),
	],
	[
		'host and schemes',
		() => ({ host: host(), schemes: ['http'], basePath: '/', paths: { '/a': get } }),
	],
	['a base path that is an address', () => ({ basePath: elsewhere.url, paths: { '/a': get } })],
	['a path that is an address', () => ({ paths: { [`${elsewhere.url}/a`]: get, '/a': get } })],
	['a path without a scheme', () => ({ paths: { [`//${host()}/a`]: get, '/a': get } })],
	['a path with a user', () => ({ paths: { [`/@${host()}/a`]: get } })],
	['a path with a backslash', () => ({ paths: { [`/\\${host()}/a`]: get, '/a': get } })],
	['references', () => ({ paths: { '/a': { $ref: `${elsewhere.url}/#/paths/a` }, '/b': get } })],
	[
		'references in parameters and bodies',
		() => ({
			paths: {
				'/a': {
					get: {
						parameters: [
							{ $ref: `${elsewhere.url}/parameter.json` },
							{ name: 'q', in: 'query', schema: { $ref: `//${host()}/schema.json#/Q` } },
						],
						requestBody: { $ref: `${elsewhere.url}/body.json` },
					},
				},
			},
		}),
	],
	[
		'links, callbacks and external documents',
		() => ({
			externalDocs: { url: elsewhere.url },
			paths: {
				'/a': {
					get: {
						externalDocs: { url: elsewhere.url },
						callbacks: { c: { [elsewhere.url]: { post: {} } } },
						security: [{ oauth: [] }],
					},
				},
			},
			components: {
				securitySchemes: {
					oauth: { type: 'oauth2', flows: { implicit: { authorizationUrl: elsewhere.url } } },
				},
			},
		}),
	],
];

it.each(descriptions)('%s in a description', async (_, describe) => {
	const service = `s${crypto.randomUUID()}`;
	tenant.describe(service, { openapi: '3.0.0', ...describe() });
	const { store: credentials } = tenant;
	const chosen = { service: locator(service) };
	const { results } = await listSearch({
		...{ method: 'searchEndpoints', credentials, parameters: chosen },
	});
	const endpoint = results.at(-1)!.value as string;
	const parameters = { ...chosen, endpoint: locator(endpoint, 'list') };
	await resourceMapping({ method: 'getEndpointParameters', credentials, parameters });
	const { error } = await run({
		credentials,
		nodes: [appspaceNode('apiCall.callEndpoint', parameters)],
	});
	expect(error).toBeUndefined();
	expect(tenant.calls.map(({ target }) => target)).toEqual([
		expect.stringMatching(/^\/api\/v3\/.+\/[ab]$/),
	]);
});

it.each([
	['a redirect of a description', 'GET /api/v3/moved/x', 'fields'],
	['a redirect of an answer', 'GET /api/v3/gone', 'json'],
	['a redirect of a write', 'POST /api/v3/gone', 'json'],
])('%s', async (_, endpoint, parametersAs) => {
	const moved = await startRawServer(() => reply.redirect(`${elsewhere.url}/api/v3/moved/openapi`));
	try {
		const { error } = await run({
			credentials: moved.store,
			nodes: [appspaceNode('apiCall.callEndpoint', { endpoint: locator(endpoint), parametersAs })],
		});
		expect(error?.message).toMatch(/another address|cannot be used/);
		expect(moved.requests).toHaveLength(1);
	} finally {
		await moved.close();
	}
});

it('an index that names descriptions elsewhere', async () => {
	tenant.index = `<script>({urls: [{url: "${elsewhere.url}/api/v3/evil/openapi", name: "Evil"},
		{url: "/api/v3/good/openapi", name: "Good"}]})</script>`;
	const search = { method: 'searchServices', credentials: tenant.store };
	expect((await listSearch(search)).results.map(({ value }) => value)).toEqual(['good']);
});

it.each([
	...[
		'http://HOST/x',
		'//HOST/x',
		'\\\\HOST\\x',
		'/\\HOST',
		'@HOST/x',
		':@HOST',
		'x@HOST/../../..',
	],
	...[
		'/api/v3/../../x',
		'%2e%2e/%2e%2e/x',
		'..%2f..%2fx',
		'x/..;/..;/y',
		'\r\nHost: HOST',
		'?',
		'#',
	],
	...['.HOST/', ':80@HOST/', '/api/v3', '/api/v3//HOST', '/api/v3/./', 'a\nb'],
])('a typed path %j', async (typed) => {
	const path = typed.replaceAll('HOST', host());
	for (const [operation, parameters] of [
		['apiCall.rawRequest', { path }],
		['apiCall.callEndpoint', { endpoint: locator(`GET ${path}`), parametersAs: 'json' }],
	] as const) {
		const nodes = [appspaceNode(operation, parameters)];
		const { error } = await run({ credentials: tenant.store, nodes });
		const targets = tenant.requests.map(({ target }) => target);
		if (error) expect([error.message, targets]).toEqual([expect.stringMatching(/path|Path/), []]);
		for (const target of targets) {
			expect(target).toMatch(/^\/api\/v3\/[^/]/);
			expect(target).not.toMatch(/\.\.(\/|$)|%2f|%5c|\\/i);
		}
		tenant.requests.length = 0;
	}
});
