import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { SUBJECTS } from '../faults/examples.mts';
import { operationsWithSchema, outputOf } from '../support/operationOutput.mts';

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

const folder = join('dist', 'nodes', 'Appspace', '__schema__', 'v1.0.0');
const cases = operationsWithSchema.map((subject) => ({
	subject,
	name: subject.name.replace('.', '/'),
}));
const read = (name: string) =>
	JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Schema;

let sandbox: Sandbox;
beforeAll(async () => {
	// Whatever hands on a reply of unknown form gives itself away.
	const settings = { undocumentedReply: 'text' } as const;
	sandbox = await startSandbox({ users: 120, channels: 30, settings });
});
afterAll(async () => await sandbox.close());

it('every operation whose reply is public has a schema, and no other (otherwise: npm run schemas)', () => {
	const present = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.json'))
		.map((path) => path.replaceAll('\\', '/').replace(/\.json$/, ''));
	expect(present.sort()).toEqual(cases.map(({ name }) => name).sort());
});

it('an operation that hands on an unknown reply promises nothing of it', () => {
	const handedOn = SUBJECTS.filter(({ operation }) => operation.evidence.reply === 'unknown');
	expect(handedOn.length).toBeGreaterThan(20);
	expect(handedOn.filter(({ operation }) => operation.simplify).map(({ name }) => name)).toEqual(
		[],
	);
});

it.each(cases)(
	'$name: what comes out is as its schema says (otherwise: npm run schemas)',
	async ({ name, subject }) => {
		const records = await outputOf(sandbox, subject);
		expect(records.length).toBeGreaterThan(0);
		const schema = read(name);
		for (const record of records)
			expect({ found: violations(schema, record), record }).toEqual({ found: [], record });
	},
);

it.each(cases)('$name: the schema holds types and no data', ({ name }) => {
	expect(read(name)).toMatchObject({ type: 'object', version: 1 });
	const walk = ({ version: _, type, properties = {}, items, ...others }: Schema): void => {
		expect(others).toEqual({});
		for (const word of [type].flat()) {
			expect(['string', 'number', 'boolean', 'object', 'array', 'null']).toContain(word);
		}
		// The editor shows a field as the first of its types.
		if (Array.isArray(type)) expect(type[0]).not.toBe('null');
		for (const schema of [...Object.values(properties), ...(items ? [items] : [])]) walk(schema);
	};
	walk(read(name));
});

it.each<[string, IDataObject, string[]]>([
	['a field that it does not name', { id: 'a', secret: 1 }, ['.secret is not in the schema']],
	['a value of another type', { id: 7 }, ['.id is number']],
	['null where it is not foreseen', { id: null }, ['.id is null']],
	['an entry of another type', { tags: ['a', 1] }, ['.tags[1] is number']],
])('the check of this test finds %s', (_, record, found) => {
	const schema: Schema = {
		type: 'object',
		properties: {
			id: { type: 'string' },
			name: { type: ['string', 'null'] },
			tags: { type: 'array', items: { type: 'string' } },
		},
	};
	expect(violations(schema, { id: 'a', name: null, tags: [] })).toEqual([]);
	expect(violations(schema, record)).toEqual(found);
});

/** Where a value is not what its schema says; a field that the schema does not name counts too. */
function violations({ type, properties, items }: Schema, value: unknown, path = ''): string[] {
	const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
	if (![type].flat().includes(actual)) return [`${path} is ${actual}`];
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) =>
			items ? violations(items, entry, `${path}[${index}]`) : [],
		);
	}
	if (actual !== 'object') return [];
	return Object.entries(value as object).flatMap(([name, inner]) => {
		const schema = properties?.[name];
		const at = `${path}.${name}`;
		return schema ? violations(schema, inner, at) : [`${at} is not in the schema`];
	});
}
