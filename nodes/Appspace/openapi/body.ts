import { resolved } from './document';
import { isMediaType } from '../transport/requestHeaders';
import { entriesOf, lineOf, own, type JsonObject } from './untrusted';

/** What an endpoint wants as its body. */
export interface Body {
	/** `form` has its fields in one line of text; of `unknown` kinds no form can be made here. */
	kind: 'none' | 'json' | 'form' | 'text' | 'file' | 'unknown';
	/** Such as `application/json`. */
	contentType: string;
	schema: unknown;
	isRequired: boolean;
	description: string;
}

const NONE: Body = {
	...{ kind: 'none', contentType: '', schema: undefined },
	...{ isRequired: false, description: '' },
};

const FORM = 'application/x-www-form-urlencoded';

/** @param declared the parameters of the endpoint; version 2 has the body among them */
export function bodyOf(root: JsonObject, operation: JsonObject, declared: JsonObject[]): Body {
	const request = resolved(root, own(operation, 'requestBody'));
	return request ? bodyIn(request) : bodyAmong(root, operation, declared);
}

/** Version 3. Of several forms JSON is chosen, then the one whose fields can be filled in. */
function bodyIn(request: JsonObject): Body {
	const forms = entriesOf(own(request, 'content'))
		.filter(([contentType]) => isMediaType(contentType))
		.map(([contentType, form]): Body => {
			return {
				...{ kind: kindOf(contentType), contentType, schema: own(form, 'schema') },
				isRequired: own(request, 'required') === true,
				description: lineOf(own(request, 'description')),
			};
		});
	const order = ['json', 'form', 'text', 'file', 'unknown'];
	const [best = NONE] = forms.sort(
		(one, other) => order.indexOf(one.kind) - order.indexOf(other.kind),
	);
	return best;
}

/** Version 2: one parameter `in: body`, or those `in: formData`. */
function bodyAmong(root: JsonObject, operation: JsonObject, declared: JsonObject[]): Body {
	const consumes = own(operation, 'consumes') ?? own(root, 'consumes');
	const types = [consumes].flat().filter(isMediaType);
	const whole = declared.find((one) => own(one, 'in') === 'body');
	if (whole) {
		const contentType = types.find((type) => kindOf(type) === 'json') ?? types[0];
		return {
			...{ kind: kindOf(contentType ?? 'application/json'), schema: own(whole, 'schema') },
			contentType: contentType ?? 'application/json',
			isRequired: own(whole, 'required') === true,
			description: lineOf(own(whole, 'description')),
		};
	}
	const fields = declared.filter((one) => own(one, 'in') === 'formData');
	if (fields.length === 0) return NONE;
	const hasFile = fields.some((field) => own(field, 'type') === 'file');
	const isParts = hasFile || (types.includes('multipart/form-data') && !types.includes(FORM));
	const named = fields.map((field) => [String(own(field, 'name')), field] as const);
	return {
		...NONE,
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

function kindOf(contentType: string): Body['kind'] {
	const [type = ''] = contentType.toLowerCase().split(';');
	const plain = type.trim();
	if (/^(application|text)\/(.+\+)?json$|^\*\/\*$|^application\/\*$/.test(plain)) return 'json';
	if (plain === FORM) return 'form';
	if (plain.startsWith('multipart/')) return 'unknown';
	return /^text\/|xml$/.test(plain) ? 'text' : 'file';
}

/** The type to send a body with: one that a description leaves open is JSON. */
export function sentType({ kind, contentType }: Body): string {
	return kind === 'json' && contentType.includes('*') ? 'application/json' : contentType;
}
