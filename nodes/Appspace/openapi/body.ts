import { isMediaType } from '../transport/requestHeaders';
import type { Traversal } from './traversal';
import { lineOf, own, type JsonObject } from './untrusted';

/** The request body of an endpoint. */
export interface Body {
	/** `form` sends its fields URL-encoded. This package cannot build a body of an `unknown` kind. */
	kind: 'none' | 'json' | 'form' | 'text' | 'file' | 'unknown';
	/** A media type, such as `application/json`. */
	contentType: string;
	schema: unknown;
	isRequired: boolean;
	description: string;
}

export const NO_BODY: Body = {
	...{ kind: 'none', contentType: '', schema: undefined },
	...{ isRequired: false, description: '' },
};

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/**
 * The request body of an endpoint.
 *
 * @param declared the parameters of the endpoint, which in version 2 include the body
 */
export function bodyOf(traversal: Traversal, operation: JsonObject, declared: JsonObject[]): Body {
	const request = traversal.resolved(own(operation, 'requestBody'));
	return request ? bodyIn(traversal, request) : bodyAmong(traversal, operation, declared);
}

/** Version 3. Of several media types, prefers plain JSON, then one whose fields the user can fill in. */
function bodyIn(traversal: Traversal, request: JsonObject): Body {
	const forms = traversal
		.entries(request, 'content')
		.filter(([contentType]) => isMediaType(contentType))
		.map(([contentType, form]): Body => {
			return {
				...{ kind: kindOf(contentType), contentType, schema: own(form, 'schema') },
				isRequired: own(request, 'required') === true,
				description: lineOf(own(request, 'description')),
			};
		});
	const [best = NO_BODY] = forms.sort((one, other) => rankOf(one) - rankOf(other));
	return best;
}

/** Version 2: one parameter with `in: body`, or several with `in: formData`. */
function bodyAmong(traversal: Traversal, operation: JsonObject, declared: JsonObject[]): Body {
	const source = own(operation, 'consumes') === undefined ? traversal.root : operation;
	const types = traversal.values(source, 'consumes').filter(isMediaType);
	const whole = declared.find((one) => own(one, 'in') === 'body');
	if (whole) {
		const [first] = types;
		const isJson = (type: string) => kindOf(type) === 'json';
		const [contentType = first ?? JSON_TYPE] = types
			.filter(isJson)
			.sort((one, other) => jsonRank(one) - jsonRank(other));
		return {
			...{ kind: kindOf(contentType), schema: own(whole, 'schema'), contentType },
			isRequired: own(whole, 'required') === true,
			description: lineOf(own(whole, 'description')),
		};
	}
	const fields = declared.filter((one) => own(one, 'in') === 'formData');
	if (fields.length === 0) return NO_BODY;
	const hasFile = fields.some((field) => own(field, 'type') === 'file');
	const isParts = hasFile || (types.includes('multipart/form-data') && !types.includes(FORM));
	const named = fields.map((field) => [String(own(field, 'name')), field] as const);
	return {
		...NO_BODY,
		...(isParts
			? { kind: 'unknown', contentType: 'multipart/form-data' }
			: { kind: 'form', contentType: FORM }),
		schema: {
			type: 'object',
			properties: Object.fromEntries(named),
			required: named.filter(([, field]) => own(field, 'required') === true).map(([name]) => name),
		},
		isRequired: true,
	};
}

/** The preference for a media type; lower is better. */
function rankOf({ kind, contentType }: Body): number {
	if (kind === 'json') return jsonRank(contentType);
	return 10 * (1 + ['form', 'text', 'file', 'unknown'].indexOf(kind));
}

/** Other JSON types, such as a list of patches, may not mean the fields of the schema. */
function jsonRank(contentType: string): number {
	const plain = plainType(contentType);
	const order = [JSON_TYPE, '*/*', 'application/*', 'text/json'];
	if (order.includes(plain)) return order.indexOf(plain);
	return plain.includes('patch') ? 6 : 5;
}

function plainType(contentType: string): string {
	return (contentType.toLowerCase().split(';')[0] ?? '').trim();
}

function kindOf(contentType: string): Body['kind'] {
	const plain = plainType(contentType);
	if (/^(application|text)\/(.+\+)?json$|^\*\/\*$|^application\/\*$/.test(plain)) return 'json';
	if (plain === FORM) return 'form';
	if (plain.startsWith('multipart/')) return 'unknown';
	return /^text\/|xml$/.test(plain) ? 'text' : 'file';
}

/** The media type to send. If the description leaves it open, it is JSON. */
export function sentType({ kind, contentType }: Body): string {
	return kind === 'json' && contentType.includes('*') ? JSON_TYPE : contentType;
}
