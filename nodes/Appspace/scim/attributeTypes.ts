import type { IDataObject } from 'n8n-workflow';
import { booleanIn, textIn } from '../runtime/parameterValues';
import { badInput } from '../transport/failure';
import { ENTERPRISE } from '../transport/scim/attributes';

type Value = IDataObject[string];

/** What RFC 7643 defines for users and groups (3.1, 4.1 to 4.3); names count without regard to case. */
const DEFINED = [
	...['externalId', 'userName', 'name', 'displayName', 'nickName', 'profileUrl', 'title'],
	...['userType', 'preferredLanguage', 'locale', 'timezone', 'active', 'password', 'emails'],
	...['phoneNumbers', 'ims', 'photos', 'addresses', 'groups', 'entitlements', 'roles'],
	...['x509Certificates', 'members', ENTERPRISE],
].map((name) => name.toLowerCase());
/** Of these, all that is not text. */
const BOOLEANS = ['active', 'primary'];

/**
 * Attributes with the types that RFC 7643 gives them: employee numbers as text, `active` and `primary` as
 * true or false. Null stays, since it takes a value away; so does what the RFC does not define.
 *
 * @throws RequestFailed that names the attribute, for a value of which no such type can be made
 */
export function typedAttributes(attributes: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => {
			return [name, DEFINED.includes(name.toLowerCase()) ? typed(name, name, value) : value];
		}),
	);
}

function typed(path: string, name: string, value: Value): Value {
	if (value === null || value === undefined) return value;
	if (Array.isArray(value)) return value.map((one: Value) => typed(path, name, one)) as Value;
	if (typeof value === 'object' && !(value instanceof Date)) {
		const inner = Object.entries(value as IDataObject);
		const mark = /^urn:/i.test(name) ? ':' : '.';
		return Object.fromEntries(
			inner.map(([key, one]) => [key, typed(`${path}${mark}${key}`, key, one)]),
		);
	}
	const isBoolean = BOOLEANS.includes(name.toLowerCase());
	const fitting = isBoolean ? booleanIn(value) : textIn(value);
	if (fitting !== undefined) return fitting;
	throw badInput(
		`The attribute "${path}" is not ${isBoolean ? 'true or false' : 'text'}`,
		isBoolean ? 'Use true or false.' : 'Write it as text, in quotation marks.',
	);
}
