import type { IDataObject } from 'n8n-workflow';
import { booleanIn, textIn } from '../runtime/parameterValues';
import { badInput } from '../transport/failure';
import { ENTERPRISE } from '../transport/scim/attributes';

type Value = IDataObject[string];

/** The attributes that RFC 7643 defines for users and groups (3.1, 4.1 to 4.3), in lower case. */
const DEFINED = [
	...['externalId', 'userName', 'name', 'displayName', 'nickName', 'profileUrl', 'title'],
	...['userType', 'preferredLanguage', 'locale', 'timezone', 'active', 'password', 'emails'],
	...['phoneNumbers', 'ims', 'photos', 'addresses', 'groups', 'entitlements', 'roles'],
	...['x509Certificates', 'members', ENTERPRISE],
].map((name) => name.toLowerCase());
/** The only ones among them and their sub-attributes that are not text. */
const BOOLEANS = ['active', 'primary'];

/**
 * Converts attributes to the types that RFC 7643 defines: employee numbers to text, `active` and `primary`
 * to true or false. Leaves null alone, because it removes a value, and so anything that the RFC does not
 * define.
 *
 * @throws RequestFailed that names the attribute, if its value cannot be converted
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
