import type { IDataObject } from 'n8n-workflow';
import { badInput } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, keyOf, type Value } from '../transport/scim/attributes';

const NAME = '[a-z$][\\w$-]*';
/** `name.givenName`, `urn:...:2.0:User:department`, `urn:...:2.0:User` (RFC 7644 3.10). */
const PATH = new RegExp(`^(?:(urn:.+:[\\d.]+:\\w+)(?::|$))?(?:(${NAME})(?:\\.(${NAME}))?)?$`, 'i');
/** The name of an attribute or an extension, as opposed to a path with a filter. */
const PLAIN_NAME = new RegExp(`^(?:urn:.*|${NAME})$`, 'i');
/** The schemas of users and groups themselves, which are not extensions. */
const CORE = /^urn:ietf:params:scim:schemas:core:[\d.]+:\w+$/i;

/**
 * The names that lead from the record to an attribute: `['name', 'givenName']`. The URN names an extension;
 * a path with a filter counts as one name.
 */
export function stepsOf(path: string): string[] {
	const [isPath, urn = '', ...names] = PATH.exec(path) ?? [];
	if (isPath === undefined) return [path];
	const steps = [CORE.test(urn) ? '' : urn, ...names];
	return steps.filter((step) => step !== undefined && step !== '');
}

/**
 * Throws if an attribute of a whole record is a path with a filter, such as `emails[type eq "work"]`. A
 * service would silently drop it.
 */
export function refuseFilteredPaths(attributes: IDataObject): void {
	const path = Object.keys(attributes).find((name) => !PLAIN_NAME.test(name));
	if (path === undefined) return;
	throw badInput(
		`The attribute "${path}" cannot be written as a part of the whole record`,
		'Under "Custom Attributes", enter the whole list of the attribute instead of a path with a filter.',
	);
}

/** Moves each attribute to its place in the record: `name.givenName` goes into `name`. */
export function inPlace(attributes: IDataObject): IDataObject {
	return Object.entries(attributes).reduce<IDataObject>((record, [path, value]) => {
		const within = stepsOf(path).reduceRight<Value>((inner, step) => ({ [step]: inner }), value);
		return overlaid(record, isRecord(within) ? within : { [path]: value });
	}, {});
}

/**
 * Merges a record with another that takes precedence, sub-attribute by sub-attribute, ignoring the case of
 * names. Replaces lists whole.
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
