import { badInput, type RequestFailed } from '../transport/failure';
import { isRecord } from '../transport/record';
import { own, type JsonObject } from './untrusted';

/** An OpenAPI description, version 2 or 3, of a service of the tenant. */
export interface Description {
	service: string;
	root: JsonObject;
}

/**
 * Reads the description from a reply.
 *
 * @throws RequestFailed if the reply is not an OpenAPI description
 */
export function descriptionIn(body: unknown, service: string): Description {
	if (!isRecord(body)) throw unusable(service, 'it is not JSON with an OpenAPI description');
	const version = own(body, 'openapi') ?? own(body, 'swagger');
	if (!/^[23](\.|$)/.test(String(version))) {
		throw unusable(service, 'it is not an OpenAPI description, version 2 or 3');
	}
	if (!isRecord(own(body, 'paths'))) throw unusable(service, 'it names no endpoints');
	return { service, root: body };
}

/** The message for a description that cannot be used, with a way to work without it. */
export function unusable(service: string, why: string): RequestFailed {
	return badInput(
		`The description of the service "${service}" cannot be used: ${why}`,
		`Set "Parameters As" to JSON and enter the endpoint by hand, or use the operation Raw Request.`,
	);
}

/** The message for an endpoint that the description leaves out (appspace-api.md 3.1). */
export function notDescribed(service: string): RequestFailed {
	return badInput(
		`The description of the service "${service}" does not name this endpoint`,
		'Pick one from the list, or set "Parameters As" to JSON. Descriptions leave some endpoints out.',
	);
}
