import type { Endpoint, Schema, Service } from './routes/endpoint.mts';
import type { Settings } from './settings.mts';

const PAGING: Endpoint['query'] = { start: 'integer', limit: 'integer' };

/** The OpenAPI 3 document of one service, made from the table that also answers its requests. */
export function openApiDocument(service: Service, settings: Settings): object {
	const paths: Record<string, Record<string, object>> = {};
	const schemas: Record<string, Schema> = { Page: ENVELOPE };
	for (const endpoint of service.endpoints) {
		if (endpoint.undocumented || endpoint.when?.(settings) === false) continue;
		const path = `/api/v3/${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
		if (endpoint.body?.title) schemas[endpoint.body.title] = endpoint.body;
		paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
	}
	return {
		openapi: '3.0.1',
		info: { title: service.beta ? `${service.title} (BETA)` : service.title, version: 'v3' },
		paths,
		components: {
			schemas,
			securitySchemes: { Bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
		},
		security: [{ Bearer: [] }],
	};
}

/** The index of services, a Swagger UI page without the browser part of Swagger UI. */
export function docsPage(
	services: readonly Service[],
	{ servicesIndex }: Pick<Settings, 'servicesIndex'>,
): string {
	const urls = services.map(({ name, title, beta }) => ({
		url: `/api/v3/${name}/openapi`,
		name: beta ? `${title} (BETA)` : title,
	}));
	const links = urls.map(({ url, name }) => `<li><a href="${url}">${name}</a></li>`).join('\n');
	const plain = urls.map(({ url, name }) => `{ url: "${url}", name: "${name}" }`).join(',\n');
	const forms = {
		script: `<script>\nconst configObject = { urls: [\n${plain}\n], deepLinking: true };\n</script>`,
		json: `<script>\nconst configObject = ${JSON.stringify({ urls, deepLinking: true })};\n</script>`,
		links: `<ul>\n${links}\n</ul>`,
	};
	return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Swagger UI</title></head>
<body>
<div id="swagger-ui"></div>
${forms[servicesIndex]}
</body>
</html>
`;
}

function operation(endpoint: Endpoint): object {
	const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string);
	const query = { ...(endpoint.paged ? PAGING : {}), ...endpoint.query };
	return {
		summary: endpoint.summary,
		...(endpoint.deprecated ? { deprecated: true } : {}),
		parameters: [
			...names.map((name) => ({
				name,
				in: 'path',
				required: true,
				schema: { type: 'string', ...(/id$/i.test(name) ? { format: 'uuid' } : {}) },
			})),
			...Object.entries(query).map(([name, type]) => ({
				name,
				in: 'query',
				...(endpoint.paged && name in TOLD ? { description: TOLD[name] } : {}),
				...(type === 'list' ? { style: 'form', explode: false } : {}),
				schema: schemaOf(type),
			})),
		],
		...(endpoint.body
			? {
					requestBody: {
						required: true,
						content: { 'application/json': { schema: referred(endpoint.body) } },
					},
				}
			: {}),
		responses: {
			200: {
				description: 'Success',
				...(endpoint.paged
					? { content: { 'application/json': { schema: { $ref: '#/components/schemas/Page' } } } }
					: {}),
			},
			401: { description: 'Unauthorized' },
		},
	};
}

function schemaOf(type: 'string' | 'integer' | 'boolean' | 'date-time' | 'list'): Schema {
	if (type === 'list') return { type: 'array', items: { type: 'string' } };
	return type === 'date-time' ? { type: 'string', format: type } : { type };
}

/** Schemas with a name are described once, under components. */
function referred(schema: Schema): Schema | { $ref: string } {
	return schema.title ? { $ref: `#/components/schemas/${schema.title}` } : schema;
}

const TOLD: Record<string, string> = {
	start: 'The number of records to skip',
	limit: 'The maximum number of records to return',
};

const ENVELOPE: Schema = {
	type: 'object',
	properties: {
		items: { type: 'array', items: { type: 'object' } },
		start: { type: 'integer' },
		limit: { type: 'integer' },
		size: { type: 'integer' },
	},
};
