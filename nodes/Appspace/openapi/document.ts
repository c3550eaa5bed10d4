import { badInput, type RequestFailed } from '../transport/failure';
import { isRecord } from '../transport/record';
import { own, type JsonObject } from './untrusted';

/** What a service of the tenant says of itself: OpenAPI, version 2 or 3. */
export interface Description {
	service: string;
	root: JsonObject;
}

/**
 * The description in an answer.
 *
 * @throws RequestFailed when it is none
 */
export function descriptionIn(body: unknown, service: string): Description {
	if (!isRecord(body)) throw unusable(service, 'it is not JSON with an OpenAPI description');
	const version = own(body, 'openapi') ?? own(body, 'swagger');
	if (!/^[23](\.|$)/.test(String(version))) {
		throw unusable(service, 'it is no OpenAPI description, version 2 or 3');
	}
	if (!isRecord(own(body, 'paths'))) throw unusable(service, 'it names no endpoints');
	return { service, root: body };
}

/** A description that is of no use, and what works without one. */
export function unusable(service: string, why: string): RequestFailed {
	return badInput(
		`The description of the service "${service}" cannot be used: ${why}`,
		`Set "Parameters As" to JSON and enter the endpoint by hand, or use the operation Raw Request.`,
	);
}

/** The endpoint is not in the description; descriptions leave some out (appspace-api.md 3.1). */
export function notDescribed(service: string): RequestFailed {
	return badInput(
		`The description of the service "${service}" does not name this endpoint`,
		'Pick one from the list, or set "Parameters As" to JSON: descriptions leave some endpoints out.',
	);
}
