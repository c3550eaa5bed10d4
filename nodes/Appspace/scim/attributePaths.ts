import type { IDataObject } from 'n8n-workflow';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, keyOf, type Value } from '../transport/scim/attributes';

const NAME = '[a-z$][\\w$-]*';
/** `name.givenName`, `urn:...:2.0:User:department`, `urn:...:2.0:User` (RFC 7644 3.10). */
const PATH = new RegExp(`^(?:(urn:.+:[\\d.]+:\\w+)(?::|$))?(?:(${NAME})(?:\\.(${NAME}))?)?$`, 'i');
/** The name of an attribute or of an extension, and no path with a filter. */
const OWN_NAME = new RegExp(`^(?:urn:.*|${NAME})$`, 'i');
/** What has no extension of its own: the attributes of users and groups themselves. */
const CORE = /^urn:ietf:params:scim:schemas:core:[\d.]+:\w+$/i;

/**
 * The names on the way to an attribute, from the record on: `['name', 'givenName']`. An extension is named by
 * its URN, and a path with a filter is one name.
 */
export function stepsOf(path: string): string[] {
	const [isPath, urn = '', ...names] = PATH.exec(path) ?? [];
	if (isPath === undefined) return [path];
	const steps = [CORE.test(urn) ? '' : urn, ...names];
	return steps.filter((step) => step !== undefined && step !== '');
}

/**
 * Throws where attributes are to be part of a whole record and one of them is a path with a filter, such as
 * `emails[type eq "work"]`: a service would leave it out without a word.
 */
export function refuseFilteredPaths(attributes: IDataObject): void {
	const path = Object.keys(attributes).find((name) => !OWN_NAME.test(name));
	if (path === undefined) return;
	throw badInput(
		`The attribute "${path}" cannot be written as a part of the whole record`,
		'Under "Custom Attributes", enter the whole list of the attribute instead of a path with a filter.',
	);
}

/** The same attributes with each where a record has it, so that `name.givenName` is within `name`. */
export function inPlace(attributes: IDataObject): IDataObject {
	return Object.entries(attributes).reduce<IDataObject>((record, [path, value]) => {
		const within = stepsOf(path).reduceRight<Value>((inner, step) => ({ [step]: inner }), value);
		return overlaid(record, isRecord(within) ? within : { [path]: value });
	}, {});
}

/**
 * A record with the values of another one laid over it, sub-attribute by sub-attribute; names count without
 * regard to case. What has several values is taken whole.
 */
export function overlaid(record: IDataObject, over: IDataObject): IDataObject {
	return Object.entries(over).reduce<IDataObject>(
		(whole, [name, value]) => {
			const key = keyOf(whole, name);
			const present = attribute(whole, key);
			const isBoth = isRecord(value) && isRecord(present);
			return { ...whole, [key]: isBoth ? overlaid(present, value) : value };
		},
		{ ...record },
	);
}
