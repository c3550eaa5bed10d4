import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../transport/record';
import { ENTERPRISE, type Value } from '../transport/scim/attributes';

/** Attributes and sub-attributes of users and groups (RFC 7643 3.1, 4.1 to 4.3). */
const NAMES = [
	...['userName', 'externalId', 'displayName', 'nickName', 'profileUrl', 'title', 'userType'],
	...['preferredLanguage', 'locale', 'timezone', 'active', 'password', 'name', 'emails'],
	...['phoneNumbers', 'ims', 'photos', 'addresses', 'groups', 'entitlements', 'roles'],
	...['x509Certificates', 'members', 'formatted', 'familyName', 'givenName', 'middleName'],
	...['honorificPrefix', 'honorificSuffix', 'value', 'type', 'primary', 'display', 'streetAddress'],
	...['locality', 'region', 'postalCode', 'country', 'employeeNumber', 'costCenter'],
	...['organization', 'division', 'department', 'manager', ENTERPRISE],
];
const SPELLINGS = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * Spells the names of attributes as RFC 7643 does. The RFC ignores case, but some services do not. Names
 * that the RFC does not define stay as they are.
 */
export function asSpelled(attributes: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => {
			const spelling = SPELLINGS.get(name.toLowerCase());
			return spelling === undefined ? [name, value] : [spelling, within(value)];
		}),
	);
}

function within(value: Value): Value {
	if (Array.isArray(value)) return value.map((one: Value) => within(one)) as Value;
	return isRecord(value) ? asSpelled(value) : value;
}
