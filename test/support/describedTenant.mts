import { reply, startRawServer, type RawRequest, type RawServer } from './rawServer.mts';

/** A tenant that only describes itself, and echoes every other request. */
export interface DescribedTenant extends RawServer {
	/** Sets what `service` says about itself: a document, or text. */
	describe(service: string, document: unknown): void;
	/** Sets the index of services. */
	index: string;
	/** The requests, without those for descriptions. */
	readonly calls: RawRequest[];
}

const DESCRIPTION = /^\/api\/v3\/([^/]+)\/openapi$/;
const INDEX = '/api/v3/docs/';

export async function describedTenant(): Promise<DescribedTenant> {
	const documents = new Map<string, string>();
	const server = await startRawServer(({ method, target, body }) => {
		if (target === INDEX)
			return reply.text(tenant.index, { headers: { 'content-type': 'text/html' } });
		const service = DESCRIPTION.exec(target)?.[1];
		const document = service && documents.get(service);
		if (document !== undefined && document !== '') {
			return reply.text(document);
		}
		if (service) return reply.json({ message: 'Not here.' }, { status: 404 });
		return reply.json({ method, target, body });
	});
	const tenant = Object.assign(server, {
		index: '<html></html>',
		describe: (service: string, document: unknown) => {
			documents.set(service, typeof document === 'string' ? document : JSON.stringify(document));
		},
	}) as DescribedTenant;
	Object.defineProperty(tenant, 'calls', {
		get: () =>
			server.requests.filter(({ target }) => !DESCRIPTION.test(target) && target !== INDEX),
	});
	return tenant;
}
