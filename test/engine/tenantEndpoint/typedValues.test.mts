import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { describedTenant, type DescribedTenant } from '../../support/describedTenant.mts';
import { listSearch, resourceMapping, run } from '../../support/engine.mts';

/** Always the same values. */
const SEED = 20_250_301;
const numRuns = 25;

const query = (name: string, schema: object) => ({ name, in: 'query', schema });
const listOf = (items: object) => ({ type: 'array', items });
const body = (properties: object, more = {}) => ({
	content: { 'application/json': { schema: { type: 'object', properties, ...more } } },
});

const paths = {
	'/typed/things/{id}': {
		get: {
			parameters: [
				{ name: 'id', in: 'path', required: true, schema: { type: 'integer', format: 'int64' } },
				query('count', { type: 'integer' }),
				query('ratio', { type: 'number' }),
				query('isNew', { type: 'boolean' }),
				query('state', { type: 'integer', enum: [0, 1, 2], 'x-enumNames': ['Off', 'On', 'Lost'] }),
				query('kind', { type: 'string', enum: ['Room', 'Desk'] }),
				query('ids', listOf({ type: 'integer' })),
				query('kinds', listOf({ type: 'string', enum: ['Room', 'Desk'] })),
				query('day', { type: 'string', format: 'date' }),
				{ name: 'X-Trace', in: 'header', schema: { type: 'integer' } },
			],
		},
		put: {
			parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
			requestBody: body({
				count: { type: 'integer' },
				ratio: { type: 'number' },
				isNew: { type: 'boolean' },
				state: { type: 'integer', enum: [0, 1, 2] },
				ids: listOf({ type: 'integer' }),
				any: {},
				settings: { type: 'object' },
				entries: listOf({ type: 'object' }),
				note: { type: 'string', nullable: true },
				nickname: { type: ['string', 'null'] },
				title: { type: 'string' },
				day: { type: 'string', format: 'date' },
			}),
		},
	},
	'/typed/slash/': { get: {}, post: { requestBody: body({ a: { type: 'string' } }) } },
	'/typed/whole': { post: { requestBody: { content: { 'application/json': { schema: {} } } } } },
};

let tenant: DescribedTenant;
beforeAll(async () => {
	tenant = await describedTenant();
	tenant.describe('typed', { openapi: '3.0.1', info: { title: 't' }, paths });
});
beforeEach(() => void (tenant.requests.length = 0));
afterAll(async () => await tenant.close());

/** Calls an endpoint with values that expressions give; a name of one letter is enough for each. */
async function called(endpoint: string, values: IDataObject, more: IDataObject = {}) {
	tenant.requests.length = 0;
	const value = Object.keys(values).map((name) => [name, `={{ $json.values['${name}'] }}`]);
	const { error } = await run({
		credentials: tenant.store,
		input: [{ values }],
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				service: locator('typed'),
				endpoint: locator(endpoint),
				parameters: { mappingMode: 'defineBelow', value: Object.fromEntries(value) },
				...more,
			}),
		],
	});
	const [call] = tenant.calls;
	const url = new URL(call?.target ?? '/', 'http://tenant.invalid');
	return { error, calls: tenant.calls, path: url.pathname, search: url.searchParams, ...call };
}
const read = async (values: IDataObject) =>
	await called('GET /api/v3/typed/things/{id}', { id: '7', ...values });
const written = async (values: IDataObject) => {
	const { error, body: sent } = await called('PUT /api/v3/typed/things/{id}', { id: 7, ...values });
	return { error, body: sent ?? '' };
};
const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String);

describe('integers are not rounded', () => {
	it('in path, query and header they arrive as they were written', async () => {
		await fc.assert(
			fc.asyncProperty(integers, integers, integers, integers, async (id, count, ratio, one) => {
				const { error, path, search, headers } = await read({
					...{ id, count, ratio, ids: `${one}, ${id},`, 'X-Trace': one },
				});
				expect(error).toBeUndefined();
				expect(path).toBe(`/api/v3/typed/things/${id}`);
				expect(search.get('count')).toBe(count);
				expect(search.get('ratio')).toBe(ratio);
				expect(search.getAll('ids')).toEqual([one, id]);
				expect(headers?.['x-trace']).toBe(one);
			}),
			{ seed: SEED, numRuns },
		);
	});

	it('one of 64 bits has a field for text, as a field for numbers rounds it', async () => {
		const parameters = {
			service: locator('typed'),
			endpoint: locator('GET /api/v3/typed/things/{id}'),
		};
		const method = 'getEndpointParameters';
		const { fields } = await resourceMapping({ method, credentials: tenant.store, parameters });
		const types = Object.fromEntries(fields.map(({ id, type }) => [id, type]));
		expect(types).toMatchObject({ 'path.id': 'string', 'query.count': 'number' });
	});

	it.each([
		['id', 2 ** 53],
		['count', 2 ** 53],
		['ids', [1, 2 ** 53]],
		['ids', '[1, 9007199254740993]'],
	])('a number that was rounded before is refused: %s', async (name, value) => {
		const { error, calls } = await read({ [name]: value } as IDataObject);
		expect(error?.message).toMatch(/^The (parameter|number in) "(id|count|ids)"/);
		expect(calls).toEqual([]);
	});

	it.each([
		['count', '9007199254740993', 'is not a whole number up to 9007199254740991'],
		['count', 2 ** 53, 'is not a whole number up to 9007199254740991'],
		['ids', '1,9007199254740993', 'is not a whole number up to 9007199254740991'],
		['ratio', '9007199254740993', 'is not a number that can be sent exactly'],
		['any', 2 ** 53, 'is too large to be sent unchanged'],
		['settings', { id: 2 ** 53 }, 'is too large to be sent unchanged'],
		['entries', [{ id: 2 ** 53 }], 'is too large to be sent unchanged'],
	])('a field of a body refuses what is no safe integer: %s %j', async (name, value, why) => {
		const { error } = await written({ [name]: value } as IDataObject);
		expect(error?.message).toContain(why);
		expect(tenant.calls).toEqual([]);
	});

	it('JSON that was typed is sent as it was typed', async () => {
		const typed = ' { "id": 9007199254740993,  "ratio": 1.10, "e": 1E400 } ';
		const list = '[ {"id":9007199254740993 } ]';
		const { body: fields } = await written({
			settings: typed,
			any: '9007199254740993',
			entries: list,
		});
		expect(fields).toBe(`{"settings":${typed.trim()},"any":9007199254740993,"entries":${list}}`);
		expect((await called('POST /api/v3/typed/whole', { Body: typed })).body).toBe(typed.trim());

		const json = { parametersAs: 'json', bodyJson: typed };
		expect((await called('POST /api/v3/typed/whole', {}, json)).body).toBe(typed.trim());
		tenant.requests.length = 0;
		const parameters = { method: 'POST', path: 'typed/whole', bodyContent: 'json', body: typed };
		const node = appspaceNode('apiCall.rawRequest', parameters);
		expect((await run({ credentials: tenant.store, nodes: [node] })).error).toBeUndefined();
		expect(tenant.calls[0]?.body).toBe(typed.trim());
	});

	it('JSON of a query is refused where a number in it was rounded', async () => {
		for (const more of [{ queryJson: '{ "id": 9007199254740993 }' }, {}]) {
			tenant.requests.length = 0;
			const parametersJson = '{ "id": [9007199254740993] }';
			const node =
				'queryJson' in more
					? appspaceNode('apiCall.rawRequest', { path: 'typed/whole', ...more })
					: appspaceNode('apiCall.callEndpoint', {
							...{ endpoint: 'GET /api/v3/typed/whole', parametersAs: 'json', parametersJson },
						});
			const { error } = await run({ credentials: tenant.store, nodes: [node] });
			expect(error?.message).toContain('.id" is too large to be sent unchanged');
			expect(tenant.calls).toEqual([]);
		}
	});
});

describe('values are of the type that the schema asks for', () => {
	it.each([
		[{ count: ' 5 ' }, 'count=5'],
		[{ count: '5.0' }, 'count=5'],
		[{ count: ' ' }, ''],
		[{ count: null }, ''],
		[{ ratio: '1.50' }, 'ratio=1.50'],
		[{ isNew: 'Yes' }, 'isNew=true'],
		[{ isNew: 0 }, 'isNew=false'],
		[{ state: '1' }, 'state=1'],
		[{ state: 'lost' }, 'state=2'],
		[{ kind: 'desk' }, 'kind=Desk'],
		[{ ids: '1, 2,,3,' }, 'ids=1&ids=2&ids=3'],
		[{ ids: '[1, "2"]' }, 'ids=1&ids=2'],
		[{ ids: 4 }, 'ids=4'],
		[{ kinds: 'room,DESK' }, 'kinds=Room&kinds=Desk'],
		[{ day: '2026-01-31' }, 'day=2026-01-31'],
		[{ day: '2026-01-31T00:00:00' }, 'day=2026-01-31'],
		[{ day: '2026-07-31T12:00:00Z' }, 'day=2026-07-31'],
	])('%j becomes %s', async (values, sent) => {
		const { error, search } = await read(values as IDataObject);
		expect(error).toBeUndefined();
		expect(String(search)).toBe(sent);
	});

	it.each([
		[{ count: 1.5 }, 'a whole number'],
		[{ count: '1.5' }, 'a whole number'],
		[{ count: 'many' }, 'a whole number'],
		[{ count: true }, 'a whole number'],
		[{ ratio: '1,5' }, 'a number'],
		[{ ratio: '0x10' }, 'a number'],
		[{ isNew: 'maybe' }, 'true or false'],
		[{ isNew: 2 }, 'true or false'],
		[{ state: '7' }, 'one of 0, 1, 2'],
		[{ kind: 'Floor' }, 'one of Room, Desk'],
		[{ ids: '1,b' }, 'a whole number'],
		[{ ids: '1,2.5' }, 'a whole number'],
		[{ kinds: 'Room,Floor' }, 'one of Room, Desk'],
		[{ day: 'tomorrow' }, 'a day'],
		[{ day: '2026-02-30' }, 'a day'],
	])('%j is refused before anything is sent: not %s', async (values, wanted) => {
		const { error, calls } = await read(values as IDataObject);
		expect(error?.message).toContain(
			`"${Object.keys(values)[0]}" of the endpoint is not ${wanted}`,
		);
		expect(calls).toEqual([]);
	});

	it('in a body they are JSON of that type', async () => {
		const { error, body: sent } = await written({
			...{ count: '5', ratio: '1.5', isNew: 'no', state: '2', ids: '1,2,', title: 701984 },
			...{ day: '2026-01-31T08:00:00', any: '5' },
		});
		expect(error).toBeUndefined();
		expect(JSON.parse(sent)).toEqual({
			...{ count: 5, ratio: 1.5, isNew: false, state: 2, ids: [1, 2], title: '701984' },
			...{ day: '2026-01-31', any: 5 },
		});
	});

	it('null takes a nullable value away, and is no value anywhere else', async () => {
		const given = { note: null, nickname: null, title: null, count: null };
		expect((await written(given)).body).toBe('{"note":null,"nickname":null}');
		const parameters = { id: 7, note: null, title: 'a', count: null };
		const { error, body: sent } = await called('PUT /api/v3/typed/things/{id}', {}, { parameters });
		expect(error).toBeUndefined();
		expect(sent).toBe('{"note":null,"title":"a"}');
	});

	it('a field that was added and left empty is no value', async () => {
		const value = { id: '7', note: null, title: 'a' };
		await called(
			'PUT /api/v3/typed/things/{id}',
			{},
			{
				parameters: { mappingMode: 'defineBelow', value },
			},
		);
		expect(tenant.calls[0]?.body).toBe('{"title":"a"}');
	});
});

describe('a path that ends with a slash', () => {
	it('keeps it in the list', async () => {
		const { results } = await listSearch({
			method: 'searchEndpoints',
			credentials: tenant.store,
			parameters: { service: locator('typed') },
		});
		expect(results.map(({ value }) => value)).toContain('GET /api/v3/typed/slash/');
	});

	it.each(['GET /api/v3/typed/slash/', 'GET /api/v3/typed/slash', 'get typed/slash'])(
		'keeps it in the request: %s',
		async (endpoint) => {
			const { error, path } = await called(endpoint, {});
			expect(error).toBeUndefined();
			expect(path).toBe('/api/v3/typed/slash/');
		},
	);

	it.each(['rawRequest', 'callEndpoint'] as const)(
		'keeps it where it was typed: %s',
		async (to) => {
			const parameters =
				to === 'rawRequest'
					? { path: 'typed/whole/' }
					: { endpoint: 'GET /api/v3/typed/whole/', parametersAs: 'json' };
			await run({ credentials: tenant.store, nodes: [appspaceNode(`apiCall.${to}`, parameters)] });
			expect(tenant.calls[0]?.target).toBe('/api/v3/typed/whole/');
		},
	);
});

describe('the type of a body', () => {
	const TYPES = [
		...['application/json', 'application/json-patch+json', 'text/json', 'application/*+json'],
		...['application/merge-patch+json', 'application/x-www-form-urlencoded', 'text/plain'],
	];
	const schema = { type: 'object', properties: { a: { type: 'string' } } };

	it.each([
		['3', (types: string[]) => ({ requestBody: { content: formsOf(types) } })],
		[
			'2',
			(types: string[]) => ({ consumes: types, parameters: [{ name: 'b', in: 'body', schema }] }),
		],
	])('is plain JSON, whatever the order; version %s', async (version, operation) => {
		const orders = fc.shuffledSubarray(TYPES, { minLength: TYPES.length });
		await fc.assert(
			fc.asyncProperty(orders, async (types) => {
				const post = { post: operation(types) };
				const head = version === '3' ? { openapi: '3.0.1' } : { swagger: '2.0' };
				tenant.describe('typed', { ...head, info: { title: 't' }, paths: { '/typed/a': post } });
				const { error, body: sent, headers } = await called('POST /api/v3/typed/a', { a: 'x' });
				expect(error).toBeUndefined();
				expect([headers?.['content-type'], sent]).toEqual(['application/json', '{"a":"x"}']);
			}),
			{ seed: SEED, numRuns },
		);
	});

	const formsOf = (types: string[]) => Object.fromEntries(types.map((type) => [type, { schema }]));
});
