import { badInput } from '../transport/failure';
import { typedPath, type TypedPath } from '../transport/typedPath';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
export type Method = (typeof METHODS)[number];

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
