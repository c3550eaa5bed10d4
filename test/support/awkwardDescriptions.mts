/** Version 3 with everything that is hard to read: cycles, and references outside the tenant. */
export const awkward3 = {
	openapi: '3.0.3',
	info: { title: 'Odd things (BETA)', version: '1' },
	servers: [{ url: 'https://{region}.elsewhere.example/api/v3' }],
	paths: {
		'/odd/nodes/{nodeId}': {
			parameters: [{ $ref: '#/components/parameters/NodeId' }],
			get: {
				summary: 'Gets a node',
				deprecated: true,
				parameters: [
					{ name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
					{
						...{ name: 'ids', in: 'query', explode: false },
						schema: { type: 'array', items: { type: 'integer' } },
					},
					{
						...{ name: 'pipes', in: 'query', style: 'pipeDelimited', explode: false },
						schema: { type: 'array', items: { type: 'string' } },
					},
					{
						...{ name: 'where', in: 'query', style: 'deepObject' },
						schema: { type: 'object', properties: { level: { type: 'integer' } } },
					},
					{ name: 'plain', in: 'query', schema: { type: 'object' } },
					{ name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } },
					{ name: 'level', in: 'query', schema: { $ref: '#/components/schemas/Level' } },
					{ name: 'X-Trace', in: 'header', schema: { type: 'string' }, description: 'For logs' },
					{ name: 'Authorization', in: 'header', schema: { type: 'string' } },
					{ name: 'session', in: 'cookie', schema: { type: 'string' } },
					{ name: 'nowhere', in: 'query', schema: { $ref: '#/components/schemas/Missing' } },
					{ name: 'remote', in: 'query', schema: { $ref: 'http://REMOTE/schema.json' } },
					{ $ref: '#/components/parameters/Loop' },
				],
			},
			put: {
				summary: 'Replaces a node',
				requestBody: { $ref: '#/components/requestBodies/Node' },
			},
		},
		'/odd/mixed': {
			post: {
				summary: 'Takes one of two',
				requestBody: {
					required: true,
					content: {
						'application/json': {
							schema: { oneOf: [{ $ref: '#/components/schemas/Node' }, { type: 'string' }] },
						},
					},
				},
			},
		},
		'/odd/list': {
			post: {
				requestBody: {
					content: {
						'application/*+json': { schema: { type: 'array', items: { type: 'integer' } } },
					},
				},
			},
		},
		'/odd/search': {
			get: {
				parameters: [{ name: 'sort', in: 'query', schema: { type: 'string' } }],
				requestBody: {
					required: true,
					content: {
						'application/json': {
							schema: {
								...{ type: 'object', required: ['text'] },
								properties: { text: { type: 'string' }, level: { type: 'integer' } },
							},
						},
					},
				},
			},
			head: {
				requestBody: { content: { 'application/json': { schema: { type: 'array' } } } },
			},
		},
		'/odd/note': { put: { requestBody: { content: { 'text/plain': {} } } } },
		'/odd/picture': { put: { requestBody: { content: { 'image/*': {} } } } },
		'/odd/parts': { post: { requestBody: { content: { 'multipart/form-data': {} } } } },
	},
	components: {
		parameters: {
			NodeId: { name: 'nodeId', in: 'path', required: true, schema: { type: 'string' } },
			Loop: { $ref: '#/components/parameters/Loop' },
		},
		requestBodies: {
			Node: {
				required: true,
				content: {
					'text/plain': {},
					'application/json': { schema: { $ref: '#/components/schemas/Node' } },
				},
			},
		},
		schemas: {
			Level: { type: 'integer', enum: [1, 2], 'x-enumNames': ['Low', 'High'] },
			Named: {
				type: 'object',
				required: ['name'],
				properties: { name: { type: 'string', description: 'How it is called' } },
				allOf: [{ $ref: '#/components/schemas/Node' }],
			},
			Node: {
				allOf: [
					{ $ref: '#/components/schemas/Named' },
					{
						type: 'object',
						properties: {
							parent: { $ref: '#/components/schemas/Node' },
							children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
							level: {
								description: 'How high it is',
								allOf: [{ $ref: '#/components/schemas/Level' }],
							},
							weight: { anyOf: [{ type: 'number' }, { type: 'null' }] },
							either: { anyOf: [{ type: 'number' }, { type: 'string' }] },
							createdAt: { type: 'string', format: 'date-time', readOnly: true },
							isOpen: { type: 'boolean' },
							constructor: { type: 'string' },
						},
					},
				],
			},
		},
	},
};

/** Version 2: `in: body`, forms, a base path, a host elsewhere. */
export const awkward2 = {
	swagger: '2.0',
	info: { title: 'Old things', version: '1' },
	host: 'elsewhere.example',
	basePath: '/api/v3',
	schemes: ['http'],
	paths: {
		'/old/things/{thing-id}': {
			parameters: [{ name: 'thing-id', in: 'path', required: true, type: 'string' }],
			get: {
				summary: 'Gets a thing',
				parameters: [
					{ name: 'csv', in: 'query', type: 'array', items: { type: 'string' } },
					{
						...{ name: 'multi', in: 'query', type: 'array', items: { type: 'string' } },
						collectionFormat: 'multi',
					},
					{ name: 'size', in: 'query', type: 'integer', required: true, description: 'How large' },
					{ name: 'kind', in: 'query', type: 'string', enum: ['big', 'small'] },
				],
			},
			post: {
				parameters: [
					{ name: 'thing', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
				],
			},
			patch: {
				consumes: ['application/x-www-form-urlencoded'],
				parameters: [
					{ name: 'name', in: 'formData', type: 'string', required: true },
					{ name: 'count', in: 'formData', type: 'integer' },
				],
			},
			put: {
				consumes: ['multipart/form-data'],
				parameters: [{ name: 'upload', in: 'formData', type: 'file', required: true }],
			},
		},
	},
	definitions: {
		Thing: {
			type: 'object',
			required: ['name'],
			properties: { name: { type: 'string' }, inside: { $ref: '#/definitions/Thing' } },
		},
	},
};

/** A description of about this many bytes: many endpoints whose schemas all refer to each other. */
export function largeDescription(service: string, bytes: number): string {
	const text = 'Some words that nobody reads. '.repeat(20);
	const paths: Record<string, object> = {};
	const schemas: Record<string, object> = {};
	for (let nth = 0, size = 0; size < bytes; nth++) {
		// Cycles of twenty.
		const circle = nth - (nth % 20);
		const next = { $ref: `#/components/schemas/Part${circle + ((nth + 1) % 20)}` };
		const before = { $ref: `#/components/schemas/Part${circle + ((nth + 19) % 20)}` };
		schemas[`Part${nth}`] = {
			allOf: [next, before, next],
			properties: { [`field${nth}`]: { type: 'string', description: text }, inner: next },
		};
		paths[`/api/v3/${service}/part${nth}/{id}`] = {
			post: {
				summary: `Makes part ${nth}`,
				description: text,
				parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
				requestBody: {
					content: { 'application/json': { schema: { $ref: `#/components/schemas/Part${nth}` } } },
				},
			},
		};
		size += 2 * text.length + 500;
	}
	return JSON.stringify({ openapi: '3.0.1', info: {}, paths, components: { schemas } });
}
