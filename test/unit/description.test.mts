import fc from 'fast-check';
import { descriptionIn } from '../../nodes/Appspace/openapi/document.ts';
import { endpointFor, endpointsIn, nameOf } from '../../nodes/Appspace/openapi/endpoints.ts';
import { Kept, type Described } from '../../nodes/Appspace/openapi/descriptionCache.ts';
import { parametersOf } from '../../nodes/Appspace/openapi/parameters.ts';
import { requestFor } from '../../nodes/Appspace/openapi/requestFor.ts';
import { servicesIn } from '../../nodes/Appspace/openapi/services.ts';
import { shapeOf } from '../../nodes/Appspace/openapi/shape.ts';
import { Traversal } from '../../nodes/Appspace/openapi/traversal.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';

const ORIGIN = 'https://tenant.example';
const withPaths = (paths: object, more: object = {}) =>
	descriptionIn({ openapi: '3.0.0', paths, ...more }, 'things');
const named = (...call: Parameters<typeof withPaths>) =>
	endpointsIn(withPaths(...call)).map(nameOf);
const get = { get: { summary: 'x' } };
const traversalOf = (root: Record<string, unknown>) =>
	new Traversal({ service: 'things', root }, 'it is too much');

describe('the index of services', () => {
	it.each<[string, string, Array<[string, string]>]>([
		[
			"Swagger UI's urls",
			`SwaggerUIBundle({ urls: [{"url":"/api/v3/devices/openapi","name":"Devices"},
			 {"name":"Users (BETA)","url":"/api/v3/users/openapi"}], dom_id: '#x' })`,
			[
				['devices', 'Devices'],
				['users', 'Users (BETA)'],
			],
		],
		['one url, in single quotes', `{ url: '../devices/openapi', name: 'D' }`, [['devices', 'D']]],
		['escaped slashes', `{"url":"\\/api\\/v3\\/maps\\/openapi"}`, [['maps', 'maps']]],
		[
			'links',
			`<a class=x href="/api/v3/users/openapi">Users &amp; groups</a><a href='./../theme/openapi.json'></a>`,
			[
				['users', 'Users &amp; groups'],
				['theme', 'theme'],
			],
		],
		['the whole address', `{url: "${ORIGIN}/api/v3/users/openapi"}`, [['users', 'users']]],
		['another host', '{url: "https://evil.example/api/v3/users/openapi"}', []],
		['another path', '{url: "/v1/users/openapi"}, {url: "/api/v3/a/b/openapi"}', []],
		['dots', '{url: "/api/v3/../openapi"}, {url: "/api/v3/%2e%2e/openapi"}', []],
		['nothing', '<html></html>', []],
		['each once', '{url:"/api/v3/a/openapi"},{url:"/api/v3/a/openapi"}', [['a', 'a']]],
	])('%s', (_, page, services) => {
		const found = servicesIn(page, ORIGIN).map(({ name, title }) => [name, title]);
		expect(found).toEqual(services);
	});
});

describe('where endpoints lie', () => {
	it.each<[string, object, object, string[]]>([
		['as described', { '/api/v3/things/{id}': get }, {}, ['GET /api/v3/things/{id}']],
		[
			'below a server',
			{ '/things': get },
			{ servers: [{ url: '/api/v3' }] },
			['GET /api/v3/things'],
		],
		[
			'below a host elsewhere',
			{ '/things': get },
			{ servers: [{ url: 'http://evil.example/api/v3/' }] },
			['GET /api/v3/things'],
		],
		['below a base path', { '/x': get }, { basePath: '/api/v3/things' }, ['GET /api/v3/things/x']],
		[
			'below the service',
			{ '/x': get, '/things/y': get },
			{},
			['GET /api/v3/things/x', 'GET /api/v3/things/y'],
		],
		[
			'below a base path with another name',
			{ '/x': get },
			{ basePath: '/api/v3/other' },
			['GET /api/v3/other/x'],
		],
		[
			'a strange server',
			{ '/x': get },
			{ servers: [{ url: 'http://[' }] },
			['GET /api/v3/things/x'],
		],
		['addresses', { 'http://evil.example/x': get, '//evil.example/x': get }, {}, []],
		[
			'ways out',
			{ '/api/v3/../x': get, '/api/v3/%2e%2e/x': get, '/a\\b': get, '/a?b': get },
			{},
			[],
		],
		['no path items', { '/x': 7, '/y': null, '/z': { get: 'x', trace: {} } }, {}, []],
	])('%s', (_, paths, more, names) => expect(named(paths, more)).toEqual(names));

	it('the very same path goes before one with placeholders', () => {
		const endpoints = endpointsIn(withPaths({ '/things/{id}': get, '/things/me': get }));
		const found = (id: string) =>
			endpointFor(endpoints, { method: 'GET', segments: ['things', id] })?.segments[1];
		expect([found('ME'), found('8f14'), found('{id}')]).toEqual(['me', '{id}', '{id}']);
		expect(endpointFor(endpoints, { method: 'PUT', segments: ['things', 'me'] })).toBeUndefined();
	});
});

describe('references', () => {
	const root = {
		'a/b': { '~': { 'x y': { type: 'string' } } },
		loop: { $ref: '#/loop' },
		one: { $ref: '#/two' },
		two: { $ref: '#/one' },
	};
	it.each<[string, object | undefined]>([
		['#/a~1b/~0/x%20y', { type: 'string' }],
		...['#/loop', '#/one', '#/nothing', '#', '', 'other.json#/x', 'http://evil.example/#/x'].map(
			(reference): [string, undefined] => [reference, undefined],
		),
		...['#/__proto__', '#/constructor', '#/a~1b/toString', '#/%zz'].map(
			(reference): [string, undefined] => [reference, undefined],
		),
	])('%s', (reference, found) => {
		expect(traversalOf(root).resolved({ $ref: reference })).toEqual(found);
	});
});

it('parts that lead to each other twofold are put together in time', () => {
	const schemas: Record<string, object> = {};
	for (let nth = 0; nth < 400; nth++) {
		const next = { $ref: `#/schemas/${nth + 1}` };
		schemas[nth] = { allOf: [next, next], anyOf: [next], properties: { [`p${nth}`]: {} } };
	}
	expect(shapeOf(traversalOf({ schemas }), { $ref: '#/schemas/0' }).properties.size).toBe(400);
});

it('whatever a description holds, it is read or refused, and reaches nothing else', () => {
	const key = fc.constantFrom(
		...['get', 'post', 'parameters', 'name', 'in', 'schema', '$ref', 'allOf', 'oneOf', 'type'],
		...['properties', 'items', 'enum', 'required', 'requestBody', 'content', 'application/json'],
		...[
			'summary',
			'tags',
			'servers',
			'url',
			'__proto__',
			'constructor',
			'prototype',
			'/things/{id}',
		],
		...['x-enumNames', 'format', 'consumes', 'basePath', 'explode', 'style', 'deprecated'],
	);
	const leaf = fc.constantFrom<unknown>(
		...[null, true, 7, '', 'body', 'query', 'path', 'header', 'formData', 'id', '{id}', 'object'],
		...['array', 'string', '#/paths', '#/paths/~1x', '/x', 'http://evil.example', '__proto__', []],
	);
	const { node } = fc.letrec<{ node: unknown }>((tie) => ({
		node: fc.oneof(
			{ maxDepth: 6, depthSize: 'large' },
			leaf,
			fc.dictionary(key, tie('node'), { maxKeys: 6 }),
			fc.array(tie('node'), { maxLength: 4 }),
		),
	}));
	const item = fc.record({ get: node, post: node, parameters: node }, { requiredKeys: [] });
	const root = fc.record(
		{
			paths: fc.dictionary(fc.constantFrom('/x', '/things/{id}', '//evil', '/../x'), item),
			more: node,
		},
		{ requiredKeys: ['paths'] },
	);
	let seen = 0;
	fc.assert(
		fc.property(root, node, (document, values) => {
			// As it comes over the wire: `__proto__` is a name like any other.
			const text = JSON.stringify({ openapi: '3.0.0', ...document });
			const description = descriptionIn(JSON.parse(text), 'things');
			for (const endpoint of endpointsIn(description)) {
				const parameters = parametersOf(description, endpoint);
				expect(parameters.parameters.map(({ name }) => name)).not.toContain('__proto__');
				seen++;
				const filled = Object.fromEntries(parameters.parameters.map(({ id }) => [id, values]));
				try {
					const typed = { segments: endpoint.segments, query: [] };
					const { path } = requestFor(typed, parameters, filled as never, 'UTC');
					expect(new URL(path, `${ORIGIN}/api/v3/`).href).toMatch(`${ORIGIN}/api/v3/`);
				} catch (error) {
					expect(error).toBeInstanceOf(RequestFailed);
				}
			}
			expect(Object.keys(Object.prototype)).toEqual([]);
			expect(({} as any).type).toBeUndefined();
		}),
		{ numRuns: 2_000, interruptAfterTimeLimit: 180_000 },
	);
	expect(seen).toBeGreaterThan(200);
}, 180_000);

describe('the memory behind the pickers', () => {
	const one = { endpoints: [] } as unknown as Described;
	const fill = (kept: Kept, ...sizes: number[]) =>
		sizes.forEach((size, at) => kept.put(`k${at}`, one, size, at));

	it('keeps for as long as it says, and no longer', () => {
		const kept = new Kept(100, 10);
		kept.put('k', one, 4, 1_000);
		expect(kept.get('k', 1_099)).toBe(one);
		expect(kept.get('other', 1_099)).toBeUndefined();
		expect(kept.get('k', 1_100)).toBeUndefined();
		expect(kept.size).toBe(0);
	});

	it('forgets when the clock was put back', () => {
		const kept = new Kept(100, 10);
		kept.put('k', one, 4, 1_000);
		expect(kept.get('k', 5)).toBeUndefined();
	});

	it('lets the oldest go where there is no room, and takes nothing that needs more', () => {
		const kept = new Kept(100, 10);
		fill(kept, 4, 4, 4, 11);
		expect(['k0', 'k1', 'k2', 'k3'].map((key) => kept.get(key, 5) !== undefined)).toEqual([
			...[false, true, true, false],
		]);
		expect(kept.size).toBe(8);
		kept.put('k2', one, 5, 6);
		expect(kept.size).toBe(9);
	});

	it('never holds more than its room', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(15), fc.nat(300))), (puts) => {
				const kept = new Kept(100, 10);
				for (const [key, size, now] of puts) {
					kept.put(String(key), one, size, now);
					expect(kept.size).toBeLessThanOrEqual(10);
				}
			}),
		);
	});
});

it.each([
	['with a line break', ['text/plain\r\nX-Evil: yes']],
	['that is none', ['nonsense', 7, null]],
])('a type of body %s is not sent', (_, consumes) => {
	const post = { consumes, parameters: [{ name: 'b', in: 'body', schema: {} }] };
	const description = descriptionIn({ swagger: '2.0', paths: { '/x': { post } } }, 'things');
	const [endpoint] = endpointsIn(description);
	expect(parametersOf(description, endpoint!).body.contentType).toBe('application/json');
});
