import { appspaceNode } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { reply, startRawServer, type RawServer, type Script } from '../../support/rawServer.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest({ undocumentedReply: 'object' });
const raw = async (parameters: Record<string, unknown>, input = [{}] as never[]) =>
	await run({
		credentials: under.credentials,
		input,
		nodes: [appspaceNode('apiCall.rawRequest', parameters)],
	});

describe('what is sent', () => {
	it('query, as pairs, as JSON and in the path', async () => {
		const { error } = await raw({
			path: '/api/v3/users?a=1',
			queryParameters: {
				pair: [
					{ name: 'b', value: 'x & y' },
					{ name: '', value: 'left out' },
				],
			},
			queryJson: '{ "c": [1, 2], "d": null, "e": true }',
		});
		expect(error).toBeUndefined();
		const { requests } = under.sandbox;
		expect(requests.at(-1)?.query).toMatchObject({ a: '1', b: 'x & y', e: 'true' });
	});

	it('headers beside ours, and JSON of any kind', async () => {
		const server = await startRawServer(() => reply.json({ fine: true }));
		try {
			for (const body of ['{"a":1}', '[]', '{}', '0', 'false', '"text"', 'null']) {
				await run({
					credentials: server.store,
					nodes: [
						appspaceNode('apiCall.rawRequest', {
							...{ method: 'POST', path: 'things', bodyContent: 'json', body },
							headers: { pair: [{ name: 'X-Trace', value: 'abc' }] },
						}),
					],
				});
				const sent = server.requests.at(-1);
				expect([body, sent?.body, sent?.headers['content-type']]).toEqual([
					...[body, body, 'application/json'],
				]);
				expect(sent?.headers['x-trace']).toBe('abc');
				expect(sent?.headers.authorization).toMatch(/^Bearer /);
			}
		} finally {
			await server.close();
		}
	});

	it.each(['Authorization', 'cookie', 'HOST', 'Content-Length', 'Transfer-Encoding', 'Proxy-Foo'])(
		'the header %s is not for users to set',
		async (name) => {
			const { error } = await raw({ path: 'users', headers: { pair: [{ name, value: 'x' }] } });
			expect(error?.message).toBe(`The header "${name}" cannot be set`);
			expect(under.sandbox.requests).toEqual([]);
		},
	);

	it.each([
		['X-A', 'a\r\nX-B: b'],
		['X-A', 'a\0'],
		['X-A\r\nX-B', 'b'],
		['X A', 'b'],
		['X-A', '\u2028'],
	])('no header %j: %j', async (name, value) => {
		const { error } = await raw({ path: 'users', headers: { pair: [{ name, value }] } });
		expect(error?.message).toMatch(/header .*contains an invalid character/);
		expect(under.sandbox.requests).toEqual([]);
	});

	it.each([
		['Query Parameters', 'queryParameters'],
		['Headers', 'headers'],
	])('no entry without a value under %s, but an empty one', async (label, parameter) => {
		const pair = (value: string) => ({ [parameter]: { pair: [{ name: 'X-Mode', value }] } });
		const { error } = await raw({ path: 'users', ...pair('={{ $json.mood }}') });
		expect(error?.message).toBe(`The entry "X-Mode" under "${label}" has no value`);
		expect(under.sandbox.requests).toEqual([]);
		expect((await raw({ path: 'users', ...pair('') })).error).toBeUndefined();
	});

	it('a file from the input', async () => {
		const server = await startRawServer(() => reply.json({ fine: true }));
		try {
			const file = { method: 'GET', path: 'x', responseFormat: 'file' };
			const { error } = await run({
				credentials: server.store,
				nodes: [
					{ ...appspaceNode('apiCall.rawRequest', file), name: 'Get' },
					appspaceNode('apiCall.rawRequest', { method: 'PUT', path: 'y', bodyContent: 'file' }),
				],
			});
			expect(error).toBeUndefined();
			expect(server.requests.at(-1)).toMatchObject({ method: 'PUT', body: '{"fine":true}' });
		} finally {
			await server.close();
		}
	});

	it('a file that is not there is told of', async () => {
		const { error } = await raw({ method: 'PUT', path: 'y', bodyContent: 'file' });
		expect(error?.message).toMatch(/binary|data/i);
		expect(under.sandbox.requests).toEqual([]);
	});
});

describe('what comes out', () => {
	it('records, one by one; all pages where they are asked for', async () => {
		const { users } = under.tenant;
		const ids = async (parameters: object) =>
			(await raw({ path: 'users', ...parameters })).items().map(({ json }) => json.id);
		expect(await ids({ queryJson: '{"limit":7}' })).toEqual(users.slice(0, 7).map(({ id }) => id));
		const options = { pageSize: 20 };
		expect(await ids({ readPages: true, returnAll: true, options })).toHaveLength(users.length);
		expect(under.sent('GET', '/users').length).toBeGreaterThan(3);
		expect(await ids({ readPages: true, limit: 25, options })).toHaveLength(25);
	});

	it.each([
		['the path', { path: 'users?start=20&limit=7' }],
		['pairs', { queryParameters: { pair: [{ name: 'Limit', value: '7' }] } }],
		['JSON', { queryJson: '{ "start": 20 }' }],
	])('start or limit filled in by %s: that page and no other', async (_, parameters) => {
		const { error } = await raw({ path: 'users', readPages: true, returnAll: true, ...parameters });
		expect(error).toBeUndefined();
		const requests = under.sandbox.requests.filter(({ path }) => path.endsWith('/users'));
		expect(requests).toHaveLength(1);
		const { start, limit, Limit } = requests[0]!.query;
		expect({ start, limit: limit ?? Limit }).toEqual({
			start: 'path' in parameters || 'queryJson' in parameters ? '20' : undefined,
			limit: 'queryJson' in parameters ? undefined : '7',
		});
	});

	it('status, headers and body', async () => {
		const { items } = await raw({ path: 'users/me', options: { fullResponse: true } });
		expect(items().map(({ json }) => json)).toEqual([
			{
				statusCode: 200,
				headers: expect.objectContaining({ 'content-type': expect.stringContaining('json') }),
				body: under.tenant.serviceUser,
			},
		]);
	});

	it('a cookie of the tenant is not handed on', async () => {
		const headers = { 'set-cookie': 'session=secret' };
		const server = await startRawServer(() => reply.json({}, { headers }));
		const parameters = { path: 'x', options: { fullResponse: true } };
		const nodes = [appspaceNode('apiCall.rawRequest', parameters)];
		const { items } = await run({ credentials: server.store, nodes });
		await server.close();
		expect(items()[0]?.json.statusCode).toBe(200);
		expect(JSON.stringify(items())).not.toContain('session');
	});

	it('text, whatever it is', async () => {
		const { items } = await raw({ path: 'docs/', responseFormat: 'text' });
		expect(items()[0]?.json.data).toMatch(/^<!DOCTYPE html>/);
	});

	it('a file, with the limit that was chosen', async () => {
		const file = { path: 'docs', responseFormat: 'file' };
		const { items } = await raw(file);
		expect(items()[0]).toMatchObject({
			json: { mimeType: 'text/html', size: expect.any(Number) },
			binary: { data: expect.anything() },
		});
		const { error } = await raw({ ...file, options: { largestFile: 0.001 } });
		expect(error?.message).toBe('The file is larger than 0.001 MB');
	});

	it('a web page in place of JSON is none', async () => {
		under.sandbox.fault({ path: /users/, times: 9, body: '<html>Sign in</html>' });
		expect((await raw({ path: 'users' })).error?.message).toContain('not JSON');
	}, 30_000);
});

describe('what a method means', () => {
	let server: RawServer;
	afterEach(async () => await server.close());
	const against = async (method: unknown, script: Script, items = 1) => {
		server = await startRawServer(script);
		return await run({
			credentials: server.store,
			input: Array.from({ length: items }, (_, nth) => ({ nth, method: nth % 2 ? 'GET' : 'PUT' })),
			nodes: [appspaceNode('apiCall.rawRequest', { method, path: '={{ "t" + $json.nth }}' })],
		});
	};

	it.each([
		['GET', 4],
		['HEAD', 4],
		['POST', 1],
		['PUT', 1],
		['PATCH', 1],
		['DELETE', 1],
	])(
		'%s after a broken connection is sent %i times',
		async (method, times) => {
			const { error } = await against(method, () => reply.reset());
			expect(server.requests).toHaveLength(times);
			expect(error?.message).toContain(`${method} /api/v3/t0: `);
			expect(/may have carried out/.test(error?.description ?? '')).toBe(times === 1);
		},
		30_000,
	);

	it.each<[string, unknown, (most: number) => boolean]>([
		['items that read overlap', 'GET', (most) => most > 1],
		['items that write go one by one', 'POST', (most) => most === 1],
		['where some write, all go one by one', '={{ $json.method }}', (most) => most === 1],
	])('%s', async (_, method, fits) => {
		const { error, items } = await against(method, () => reply.after(30, reply.json({})), 6);
		expect([error, items().length]).toEqual([undefined, 6]);
		expect(fits(server.mostAtOnce)).toBe(true);
	});

	it('a write that fails lets no other begin', async () => {
		const { error } = await against(
			'POST',
			() => reply.json({ message: 'No.' }, { status: 400 }),
			6,
		);
		expect(server.requests).toHaveLength(1);
		expect(error?.message).toContain('POST /api/v3/t0: ');
	});
});

it.each([
	[400, /does not accept the request/],
	[403, /does not permit/],
	[404, /not found at this address/],
	[409, /conflicts/],
	[500, /status 500/],
])('%i is told of with method and path, without the query', async (status, sentence) => {
	under.sandbox.fault({ path: /devices/, times: 9, status });
	const { error } = await raw({ path: 'devices/8f14?secret=1' });
	expect(error?.message).toMatch(sentence);
	expect(error?.message).toContain('GET /api/v3/devices/8f14: ');
	expect(JSON.stringify(error)).not.toContain('secret=1');
});
