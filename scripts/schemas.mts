import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { startSandbox } from '../sandbox/server.mts';
import { operationsWithSchema, outputOf } from '../test/support/operationOutput.mts';

/**
 * Generates the output schemas of the node from the real output of its operations, so run it after a
 * build. The same code gives the same files. n8n shows the fields in the editor before the first run.
 */

const folder = join('nodes', 'Appspace', '__schema__', 'v1.0.0');
/** Several tenants, so that rarely null values and values of other types appear too. */
const SEEDS = [1, 2, 3, 4, 5];
/** Lists whose entries are not public (appspace-api.md 5.3, 5.6); the sandbox's entries are invented. */
const OPAQUE = [
	'userGroup/getAll.roles',
	...['visitorFields', 'visitorPurposes', 'visitorTypes', 'retentionPolicies'].map(
		(name) => `visitor/getConfiguration.${name}`,
	),
];

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/** By simplifying function: operations that return the same kind of record have the same schema. */
const samples = new Map<unknown, unknown[]>();
const kindOf = ({ operation }: (typeof operationsWithSchema)[number]) =>
	operation.simplify ?? operation;

for (const seed of SEEDS) {
	const settings = { undocumentedReply: 'object' } as const;
	const sandbox = await startSandbox({ seed, users: 300, channels: 60, settings });
	// The list of known channel types is not complete (appspace-api.md 5.1).
	sandbox.tenant.channels[1]!.type = 99;
	for (const entry of operationsWithSchema) {
		const seen = samples.get(kindOf(entry)) ?? [];
		samples.set(kindOf(entry), [...seen, ...(await outputOf(sandbox, entry))]);
	}
	await sandbox.close();
}

await rm(folder, { recursive: true, force: true });
for (const entry of operationsWithSchema) {
	const name = `${entry.resource.value}/${entry.operation.value}`;
	const path = join(folder, `${name}.json`);
	const schema = { ...schemaOf(samples.get(kindOf(entry)) ?? [], name), version: 1 };
	await mkdir(dirname(path), { recursive: true });
	const options = { ...(await resolveConfig(path)), filepath: path };
	await writeFile(path, await format(JSON.stringify(schema), options));
}
console.log(`${operationsWithSchema.length} schemas written to ${folder}`);

/** The form of some values: types, fields, and entries, never the values themselves. */
function schemaOf(values: unknown[], path: string): Schema {
	if (values.length === 0) throw new Error(`${path} never had a value.`);
	const types = [...new Set(values.map(typeOf))].sort(nullLast);
	const schema: Schema = { type: types.length === 1 ? types[0]! : types };
	if (types.includes('object')) {
		const objects = values.filter((value) => typeOf(value) === 'object') as object[];
		const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
		schema.properties = Object.fromEntries(
			names.map((name) => [name, schemaOf(valuesOf(objects, name), `${path}.${name}`)]),
		);
	}
	const entries = values.filter(Array.isArray).flat();
	if (entries.length > 0 && !OPAQUE.includes(path)) schema.items = schemaOf(entries, `${path}[]`);
	return schema;
}

function valuesOf(objects: object[], name: string): unknown[] {
	return objects
		.filter((object) => Object.hasOwn(object, name))
		.map((object) => (object as Record<string, unknown>)[name]);
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** The editor shows a field as its first type. */
function nullLast(left: string, right: string): number {
	return Number(left === 'null') - Number(right === 'null') || left.localeCompare(right);
}
