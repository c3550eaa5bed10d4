import type { IDataObject } from 'n8n-workflow';
import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { awkward2, awkward3, largeDescription } from '../../support/awkwardDescriptions.mts';
import { describedTenant, type DescribedTenant } from '../../support/describedTenant.mts';
import { listSearch, resourceMapping, run } from '../../support/engine.mts';
import { startRawServer, reply, type RawServer } from '../../support/rawServer.mts';

let tenant: DescribedTenant;
/** Whatever a description says, it must see nothing. */
let elsewhere: RawServer;
beforeAll(async () => {
	elsewhere = await startRawServer(() => reply.json({ type: 'string' }));
	tenant = await describedTenant();
	const host = new URL(elsewhere.url).host;
	const text = JSON.stringify(awkward3).replaceAll('REMOTE', host);
	tenant.describe('odd', text.replaceAll('https://{region}.elsewhere.example', elsewhere.url));
	tenant.describe('old', { ...awkward2, host });
});
beforeEach(() => void (tenant.requests.length = 0));
afterAll(async () => {
	expect(elsewhere.connections).toBe(0);
	await Promise.all([tenant.close(), elsewhere.close()]);
});

const called = async (service: string, endpoint: string, value: IDataObject, more = {}) =>
	await run({
		credentials: tenant.store,
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				service: locator(service),
				endpoint: locator(endpoint),
				parameters: { mappingMode: 'defineBelow', value },
				...more,
			}),
		],
	});
const sentBy = async (...call: Parameters<typeof called>) => {
	const { error } = await called(...call);
	expect(error).toBeUndefined();
	const [{ method, target, body, headers } = {} as never] = tenant.calls;
	return { line: `${method} ${target}`, body, type: headers['content-type'], headers };
};
const fieldsOf = async (service: string, endpoint: string) => {
	const parameters = { service: locator(service), endpoint: locator(endpoint) };
	const method = 'getEndpointParameters';
	const { fields } = await resourceMapping({ method, credentials: tenant.store, parameters });
	return fields.map(({ id, type, required }) => `${id} ${type}${required ? ' required' : ''}`);
};

describe('version 3', () => {
	it('lists what can be called, marked', async () => {
		const parameters = { service: locator('odd') };
		const { results } = await listSearch({
			...{ method: 'searchEndpoints', credentials: tenant.store, parameters },
		});
		expect(results.map(({ name }) => name)).toEqual([
			'GET /odd/nodes/{nodeId} (deprecated, BETA): Gets a node',
			'PUT /odd/nodes/{nodeId} (BETA): Replaces a node',
			'POST /odd/mixed (BETA): Takes one of two',
			'POST /odd/list (BETA)',
			'GET /odd/search (BETA)',
			'HEAD /odd/search (BETA)',
			'PUT /odd/note (BETA)',
			'PUT /odd/picture (BETA)',
			'POST /odd/parts (BETA)',
		]);
	});

	it('sees through references, circles and allOf', async () => {
		expect(await fieldsOf('odd', 'PUT /api/v3/odd/nodes/{nodeId}')).toEqual(
			[
				'path.nodeId string required',
				...['body.name string required', 'body.parent object', 'body.children array'],
				...[
					'body.level options',
					'body.weight number',
					'body.either string',
					'body.isOpen boolean',
				],
			].sort((one, other) => Number(other.includes('path')) - Number(one.includes('path'))),
		);
	});

	it('offers query and headers, but nothing that signs the request', async () => {
		expect(await fieldsOf('odd', 'GET /api/v3/odd/nodes/{nodeId}')).toEqual([
			'path.nodeId string required',
			...['query.tags array', 'query.ids array', 'query.pipes array', 'query.where object'],
			...['query.plain object', 'query.since dateTime', 'query.level options'],
			...['query.nowhere string', 'query.remote string', 'header.X-Trace string'],
		]);
	});

	it('sends lists, objects and dates as the description says', async () => {
		const { line, headers } = await sentBy('odd', 'GET /api/v3/odd/nodes/{nodeId}', {
			'path.nodeId': 'a b',
			'query.tags': ['x', 'y'],
			'query.ids': '[1, 2]',
			'query.pipes': 'p,q',
			'query.where': '{"level": 2}',
			'query.plain': { one: 1 },
			'query.since': '2026-01-31T10:00:00+01:00',
			'query.level': 2,
			'header.X-Trace': 'abc',
		});
		const [path, query] = line.split('?');
		expect(path).toBe('GET /api/v3/odd/nodes/a%20b');
		expect([...new URLSearchParams(query)]).toEqual([
			...[
				['tags', 'x'],
				['tags', 'y'],
				['ids', '1,2'],
				['pipes', 'p|q'],
				['where[level]', '2'],
			],
			...[
				['one', '1'],
				['since', '2026-01-31T09:00:00.000Z'],
				['level', '2'],
			],
		]);
		expect(headers['x-trace']).toBe('abc');
		expect(headers.authorization).toMatch(/^Bearer /);
	});

	it.each<[string, IDataObject, string, string]>([
		[
			'PUT /api/v3/odd/nodes/7',
			{
				'body.name': 'N',
				'body.parent': '{"name":"P"}',
				'body.either': '12',
				'body.weight': '1.5',
			},
			'{"name":"N","parent":{"name":"P"},"either":12,"weight":1.5}',
			'application/json',
		],
		['POST /api/v3/odd/mixed', { content: '{"name":"M"}' }, '{"name":"M"}', 'application/json'],
		['POST /api/v3/odd/mixed', { content: 'plain' }, '"plain"', 'application/json'],
		['POST /api/v3/odd/list', { content: [1, 2] }, '[1,2]', 'application/json'],
		['PUT /api/v3/odd/note', { content: 'Hello <b>' }, 'Hello <b>', 'text/plain'],
	])('%s: a body of its kind', async (endpoint, value, body, type) => {
		expect(await sentBy('odd', endpoint, value)).toMatchObject({ body, type, line: endpoint });
	});

	it('offers no body for GET and HEAD, and says why if nothing else is left', async () => {
		expect(await fieldsOf('odd', 'GET /api/v3/odd/search')).toEqual(['query.sort string']);
		const parameters = { service: locator('odd'), endpoint: locator('HEAD /api/v3/odd/search') };
		const method = 'getEndpointParameters';
		const mapping = await resourceMapping({ method, credentials: tenant.store, parameters });
		expect(mapping).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('GET and HEAD requests have no body'),
		});
		expect((await sentBy('odd', 'GET /api/v3/odd/search', { 'query.sort': 'a' })).line).toBe(
			'GET /api/v3/odd/search?sort=a',
		);
	});

	it('shows a value for the body that was filled in before, so that you can remove it', async () => {
		const parameters = {
			...{ service: locator('odd'), endpoint: locator('GET /api/v3/odd/search') },
			parameters: { mappingMode: 'defineBelow', value: { 'body.level': 0 } },
		};
		const method = 'getEndpointParameters';
		const { fields } = await resourceMapping({ method, credentials: tenant.store, parameters });
		expect(fields.map(({ id, removed }) => [id, removed])).toEqual([
			['query.sort', true],
			['body.level', false],
		]);
	});

	it.each<[string, string, IDataObject, IDataObject]>([
		['a field', 'GET /api/v3/odd/search', { 'body.level': 0 }, {}],
		['a field by its name', 'GET /api/v3/odd/search', { text: 'x' }, {}],
		['the whole body', 'HEAD /api/v3/odd/search', { content: [1] }, {}],
		['JSON', 'GET /api/v3/odd/any', {}, { parametersAs: 'json', bodyJson: '{"text":"x"}' }],
	])('refuses a body for GET and HEAD, as %s', async (_, endpoint, value, more) => {
		const { error } = await called('odd', endpoint, value, more);
		expect(error).toMatchObject({
			message: expect.stringMatching(
				/^The parameter ".+" has a value, but GET and HEAD requests have no body/,
			),
			description: expect.stringContaining('Remove the value'),
		});
		expect(tenant.calls).toEqual([]);
	});

	it.each(['', '{}'])('takes %j for no body', async (bodyJson) => {
		const more = { parametersAs: 'json', bodyJson };
		expect((await sentBy('odd', 'GET /api/v3/odd/any', {}, more)).body).toBe('');
	});

	it('says where a body of another kind can be sent', async () => {
		const { error } = await called('odd', 'POST /api/v3/odd/parts', {});
		expect(error).toMatchObject({
			message: expect.stringContaining('multipart/form-data'),
			description: expect.stringContaining('HTTP Request node'),
		});
		expect(tenant.calls).toEqual([]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['nothing', {}, /"name" of the endpoint is empty/],
		['a list for text', { 'body.name': ['a'] }, /"name" of the endpoint is not text/],
		['text for a number', { 'body.name': 'N', 'body.weight': 'heavy' }, /weight/],
		['a name that is not there', { 'body.name': 'N', 'body.nix': 1 }, /no parameter "body.nix"/],
		['a name of the prototype', { 'body.name': 'N', 'body.constructor': 'x' }, /no parameter/],
	])('refuses %s before anything is sent', async (_, value, sentence) => {
		const { error } = await called('odd', 'PUT /api/v3/odd/nodes/7', value);
		expect(`${error?.message} ${error?.description}`).toMatch(sentence);
		expect(tenant.calls).toEqual([]);
	});
});

describe('version 2', () => {
	const thing = '/api/v3/old/things/{thing-id}';

	it('offers what parameters and bodies hold', async () => {
		expect(await fieldsOf('old', `GET ${thing}`)).toEqual([
			'path.thing-id string required',
			...['query.csv array', 'query.multi array', 'query.size number required'],
			'query.kind options',
		]);
		const id = 'path.thing-id string required';
		expect(await fieldsOf('old', `POST ${thing}`)).toEqual([
			...[id, 'body.name string required', 'body.inside object'],
		]);
		expect(await fieldsOf('old', `PATCH ${thing}`)).toEqual([
			...[id, 'body.name string required', 'body.count number'],
		]);
		expect(await fieldsOf('old', `PUT ${thing}`)).toEqual([id]);
	});

	it('sends query, body and form below the base path', async () => {
		const id = { 'path.thing-id': '1' };
		const given = { ...id, 'query.csv': ['a', 'b'], 'query.multi': ['c', 'd'], 'query.size': 3 };
		expect((await sentBy('old', `GET ${thing}`, given)).line).toBe(
			'GET /api/v3/old/things/1?csv=a%2Cb&multi=c&multi=d&size=3',
		);
		tenant.requests.length = 0;
		const form = { ...id, 'body.name': 'a&b', 'body.count': 2 };
		expect(await sentBy('old', `PATCH ${thing}`, form)).toMatchObject({
			...{ body: 'name=a%26b&count=2', type: 'application/x-www-form-urlencoded' },
		});
		tenant.requests.length = 0;
		const body = { ...id, 'body.name': 'T', 'body.inside': { name: 'U' } };
		expect((await sentBy('old', `POST ${thing}`, body)).body).toBe(
			'{"name":"T","inside":{"name":"U"}}',
		);
	});
});

describe('a description of 5 MB', () => {
	const document = largeDescription('huge', 5_000_000);
	beforeAll(() => tenant.describe('huge', document));

	it('is that large', () => expect(document.length).toBeGreaterThan(5_000_000));

	it('is searched, offered as fields and called', async () => {
		const parameters = {
			service: locator('huge'),
			endpoint: locator('POST /api/v3/huge/part2500/{id}'),
		};
		const { results } = await listSearch({
			...{ method: 'searchEndpoints', credentials: tenant.store, parameters, filter: 'part2500' },
		});
		expect(results.map(({ value }) => value)).toEqual(['POST /api/v3/huge/part2500/{id}']);
		expect(await fieldsOf('huge', 'POST /api/v3/huge/part2500/{id}')).toContain(
			'body.field2500 string',
		);
		// Both came from one reading.
		expect(tenant.requests).toHaveLength(1);
		const value = { 'path.id': '1', 'body.field2500': 'x' };
		expect(await sentBy('huge', 'POST /api/v3/huge/part2500/{id}', value)).toMatchObject({
			...{ line: 'POST /api/v3/huge/part2500/1', body: '{"field2500":"x"}' },
		});
	});

	it('comes a hundred endpoints at a time', async () => {
		const parameters = { service: locator('huge') };
		const search = { method: 'searchEndpoints', credentials: tenant.store, parameters };
		const first = await listSearch(search);
		expect([first.results.length, first.paginationToken]).toEqual([100, '100']);
		const second = await listSearch({ ...search, paginationToken: '100' });
		expect(second.results[0]?.name).toContain('/huge/part100/');
	});
});

describe('what is no description', () => {
	const deep = `{"openapi":"3.0.0","paths":{"/x":{"get":{"parameters":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}}`;

	it.each<[string, unknown, RegExp]>([
		['text', 'openapi: 3.0.0\npaths: {}', /not JSON with an OpenAPI/],
		['a web page', '<html>Sign in</html>', /not complete JSON/],
		['half of one', '{"openapi":"3.0.1","paths":{"/a":', /not complete JSON/],
		['nothing', '', /none at this address/],
		['a list', [], /not JSON with an OpenAPI/],
		['null', null, /not JSON with an OpenAPI/],
		['another version', { openapi: '4.0.0', paths: {} }, /version 2 or 3/],
		['no paths', { openapi: '3.0.0' }, /names no endpoints/],
		['9 MB', ' '.repeat(9_000_000), /larger than 8 MB/],
	])(
		'%s is told of, and Raw Request is pointed to',
		async (_, document, why) => {
			tenant.describe('broken', document);
			const parameters = { service: locator('broken'), endpoint: locator('GET /api/v3/broken/x') };
			const asked = { credentials: tenant.store, parameters };
			// At once, since what may be a passing trouble is asked for again and again.
			const [{ error }, ...lists] = await Promise.all([
				called('broken', 'GET /api/v3/broken/x', {}),
				...[
					listSearch({ ...asked, method: 'searchEndpoints' }),
					resourceMapping({ ...asked, method: 'getEndpointParameters' }),
				].map(async (list) => await list.then(String, (reason: Error) => reason)),
			]);
			expect(error?.message).toMatch(/^The description of the service "broken" cannot be used: /);
			for (const told of [error, ...lists]) {
				expect(told).toMatchObject({
					message: expect.stringMatching(why),
					description: expect.stringContaining('Raw Request'),
				});
			}
		},
		60_000,
	);

	it('brackets without end do no harm', async () => {
		tenant.describe('broken', deep);
		const { error } = await called('broken', 'GET /api/v3/broken/x', {});
		expect([error?.message ?? '', tenant.calls.map(({ target }) => target)]).toEqual([
			'',
			['/api/v3/broken/x'],
		]);
	});
});
