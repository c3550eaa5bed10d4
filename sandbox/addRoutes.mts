import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, Refusal, type Answer } from './answer.mts';
import { contentFile } from './content.mts';
import { Random } from './data/random.mts';
import { docsPage, openApiDocument } from './openapi.mts';
import { arrive, respond, type Visit } from './respond.mts';
import type { Call, Endpoint, Method } from './routes/endpoint.mts';
import { services } from './routes/services.mts';
import { SCIM_PATH, ScimSurface } from './scim/surface.mts';
import { matchesPath } from './settings.mts';
import type { State } from './state.mts';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

type Work = (request: FastifyRequest, visit: Visit) => Promise<Answer | object>;

/** Registers the tenant's routes: the API with its descriptions, and the content files. */
export function addRoutes(app: FastifyInstance, state: State, origin: () => string): void {
	const visits = new WeakMap<FastifyRequest, Visit>();
	app.addHook('onRequest', (request, _reply, next) => {
		visits.set(request, arrive(state, request, origin()));
		next();
	});

	const answers = (work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
		const visit = visits.get(request) as Visit;
		await respond(state, visit, request, reply, () => work(request, visit));
		return reply;
	};
	const open = (path: string, method: Method, work: Work) => {
		app.route({ method: [...METHODS], url: path, handler: answers(onlyBy(method, work)) });
	};

	open('/api/v3/docs', 'GET', async () => html(200, docsPage(services, state.settings)));
	open('/api/v3/authorization/token', 'POST', async (request) => {
		return await state.authorization.exchange(request.body);
	});
	open('/content/:id/:file', 'GET', async (request, visit) => {
		if (state.settings.contentAccess === 'token') await checkToken(state, request, visit);
		const { id = '', file = '' } = request.params as Record<string, string>;
		return contentFile(state.tenant, id, file, state.settings);
	});
	for (const service of services) {
		open(`/api/v3/${service.name}/openapi`, 'GET', async () => {
			return openApiDocument(service, state.settings);
		});
	}
	for (const [path, endpoints] of byPath()) {
		const work: Work = async (request, visit) => {
			await checkToken(state, request, visit);
			if (state.settings.forbiddenPaths.some((path) => matchesPath(path, visit.url.pathname))) {
				throw new Refusal(403, 'You do not have permission to perform this action.');
			}
			const endpoint = endpoints.find(({ method, when }) => {
				return method === request.method && (when?.(state.settings) ?? true);
			});
			if (!endpoint) throw methodNotAllowed();
			return await endpoint.handle(callFor(state, request, visit, origin()));
		};
		app.route({ method: [...METHODS], url: `/api/v3/${path}`, handler: answers(work) });
	}

	const scim = new ScimSurface(state);
	app.addHook('onClose', async () => await scim.close());
	app.route({
		method: [...METHODS],
		url: `${SCIM_PATH}/*`,
		handler: answers(async (request, { url }) => await scim.answer(request, url, origin())),
	});

	app.setNotFoundHandler(
		answers(async () => {
			throw new Refusal(404, 'The requested resource was not found.');
		}),
	);
	app.setErrorHandler((error, request, reply) => {
		// A bug in the sandbox, or a body over the size limit: pass the message on, unless the client has left.
		const { statusCode = 500, message, stack } = error as Error & { statusCode?: number };
		if (statusCode === 500 && !request.raw.socket.destroyed) console.error(stack);
		void reply.code(statusCode).send({ message });
	});
}

function byPath(): Map<string, Endpoint[]> {
	const paths = new Map<string, Endpoint[]>();
	for (const endpoint of services.flatMap((service) => service.endpoints)) {
		paths.set(endpoint.path, [...(paths.get(endpoint.path) ?? []), endpoint]);
	}
	return paths;
}

function onlyBy(method: Method, work: Work): Work {
	return async (request, visit) => {
		if (request.method !== method) throw methodNotAllowed();
		return await work(request, visit);
	};
}

function methodNotAllowed(): Refusal {
	return new Refusal(405, 'The requested resource does not support this method.');
}

async function checkToken(state: State, request: FastifyRequest, visit: Visit): Promise<void> {
	await state.authorization.check({ headers: request.headers, query: lowerCaseQuery(visit.url) });
}

function callFor(state: State, request: FastifyRequest, visit: Visit, origin: string): Call {
	return {
		params: request.params as Record<string, string>,
		query: lowerCaseQuery(visit.url),
		body: request.body,
		tenant: state.tenant,
		settings: state.settings,
		origin,
		random: state.random,
		seeded: new Random(state.seed),
	};
}

/** Query names in lower case: Appspace seems to ignore their case (appspace-api.md 3.1). */
function lowerCaseQuery(url: URL): Record<string, string> {
	return Object.fromEntries(
		[...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]),
	);
}
