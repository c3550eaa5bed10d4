import { createHash } from 'node:crypto';

export type Json = Record<string, unknown>;

/** RFC 7644 3.14: a weak version, derived from the content of the record. */
export function versionOf(record: Json | undefined): string {
	const { meta: _, ...rest } = record ?? {};
	return `W/"${createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 12)}"`;
}

/** The record, or each record of a list, with its version. */
export function versioned(body: Json | undefined): Json | undefined {
	if (Array.isArray(body?.Resources)) {
		return { ...body, Resources: (body.Resources as Json[]).map((record) => versioned(record)) };
	}
	return body?.id === undefined
		? body
		: { ...body, meta: { ...(body.meta as Json), version: versionOf(body) } };
}

/** The version that a record carries. */
export function versionIn(body: Json | undefined): string | undefined {
	return (body?.meta as { version?: string } | undefined)?.version;
}

/** The same with attribute names in lower case. */
export function inLowerCase(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inLowerCase);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			// A URN is not an attribute name.
			name.startsWith('urn:') ? name : name.toLowerCase(),
			inLowerCase(inner),
		]),
	);
}
