import { badInput, type RequestFailed } from '../transport/failure';
import { typedPath, type TypedPath } from '../transport/typedPath';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
export type Method = (typeof METHODS)[number];

/** n8n drops the body of a GET request, and a body means nothing with HEAD. */
export function hasBody(method: Method): boolean {
	return method !== 'GET' && method !== 'HEAD';
}

/** The refusal of a value for a body that would not be sent: without it, the answer means something else. */
export function bodyNotSent(parameter: string): RequestFailed {
	return badInput(
		`The parameter "${parameter}" has a value, but GET and HEAD requests have no body`,
		'Remove the value, or use another method if the endpoint has one.',
	);
}

/** An endpoint as picked or typed: `GET /api/v3/devices/{id}`. */
export interface TypedEndpoint extends TypedPath {
	method: Method;
}

/**
 * Parses an endpoint that was picked or typed.
 *
 * @throws RequestFailed if the text does not start with a method, or if the path leads out of `/api/v3/`
 */
export function typedEndpoint(text: string): TypedEndpoint {
	const [, word = '', path = ''] = /^\s*([a-z]+)\s+([^]*)$/i.exec(text) ?? [];
	const method = METHODS.find((one) => one === word.toUpperCase());
	if (!method) {
		throw badInput(
			'The parameter "Endpoint" does not begin with a method',
			'Pick an endpoint from the list, or enter one such as GET /api/v3/devices/{id}.',
		);
	}
	return { method, ...typedPath(path) };
}
