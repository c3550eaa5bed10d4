import type { Grade } from '../nodes/Appspace/runtime/operation.ts';
import type { KnownEndpoint } from '../test/support/dossier.mts';

/** The input for a new operation. */
export interface Plan {
	/** As in `resources/<resource>/`. */
	resource: string;
	/** The value of the operation, in camel case. */
	name: string;
	/** Method and path, as docs/appspace-api.md 4 writes them. */
	endpoint: string;
	/** The row in that table; undefined if there is none. */
	known?: KnownEndpoint;
	/** The names that `fields/locators.ts` exports. */
	locators: readonly string[];
}

/** A placeholder for what only the author knows. Tests refuse it. */
const PLACEHOLDER = (what: string) => `'<${what}>'`;

/** The name under which a module exports the operation: `delete` is a reserved word. */
export function exportOf({ resource, name }: Plan): string {
	return name === 'delete' ? `delete${titleOf(resource).replaceAll(' ', '')}` : name;
}

/** The file of the operation, unformatted. It sends the request and passes on the reply. */
export function operationText(plan: Plan): string {
	const { name, resource, endpoint, known } = plan;
	const [method = 'GET', path = ''] = endpoint.split(' ');
	const ids = idsOf(plan);
	const isList = method === 'GET' && name === 'getAll';
	const address = pathText(path, ids);
	const request = method === 'GET' ? '' : `method: '${method}', `;
	const body = ['POST', 'PUT', 'PATCH'].includes(method) ? ', body: {}' : '';
	const locators = ids.map(({ locator }) => locator).filter((one) => one !== undefined);
	const named = [...locators, ...(locators.length < ids.length ? ['idOnly'] : [])];
	const reply = isList ? '' : `, reply: 'unknown'`;
	return [
		named.length > 0 && `import { ${named.join(', ')} } from '../../fields/locators';`,
		`import type { Operation } from '../../runtime/operation';`,
		!isList && `import { passThrough } from '../../runtime/passThrough';`,
		ids.length > 0 && `import { path } from '../../transport/path';`,
		``,
		`export const ${exportOf(plan)}: Operation = {`,
		`value: '${name}',`,
		`name: '${isList ? 'Get Many' : titleOf(name)}',`,
		`action: '${actionOf(name, resource)}',`,
		`description: ${PLACEHOLDER('Describe what it does')},`,
		`effect: '${method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : 'write'}',`,
		`endpoints: ['${endpoint}'],`,
		`evidence: { grade: '${gradeOf(known)}', sources: '${sourcesOf(known)}'${reply} },`,
		isList && `isList: true,`,
		ids.length > 0 &&
			`fields: [${ids.map(({ name, label, locator }) => locator ?? `idOnly('${label}', '${name}')`).join(', ')}],`,
		``,
		`async run(call) {`,
		isList
			? `return await call.list(${address});`
			: `return await passThrough(call, { ${request}path: ${address}${body} });`,
		`},`,
		`};`,
		``,
	]
		.filter((line) => line !== false)
		.join('\n');
}

/** The engine test of the operation, unformatted. It fails until it states the output. */
export function testText(plan: Plan): string {
	const { resource, name, endpoint } = plan;
	const [method = 'GET', path = ''] = endpoint.split(' ');
	const quote = idsOf(plan).length > 0 ? '`' : "'";
	const sent = idsOf(plan).reduce(
		(text, { placeholder, name }) => text.replace(placeholder, `\${parameters.${name}}`),
		`/api/v3/${path}`,
	);
	const operation = `${resource}.${name}`;
	return `import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { exampleFor, SUBJECTS } from '../../faults/examples.mts';
import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ settings: { undocumentedReply: 'object' } });
});
afterEach(async () => await sandbox.close());

it(${PLACEHOLDER('Describe what it does')}, async () => {
	const subject = SUBJECTS.find(({ name }) => name === '${operation}')!;
	const parameters = exampleFor(subject, sandbox.tenant, 0);
	const { error, items } = await run({
		credentials: sandboxCredential(sandbox),
		nodes: [appspaceNode('${operation}', parameters)],
	});
	expect(error).toBeUndefined();
	expect(apiCalls(sandbox)).toMatchObject([{ method: '${method}', path: ${quote}${sent}${quote} }]);
	expect(items().map(({ json }) => json)).toEqual([${PLACEHOLDER('Describe the output')}]);
});
`;
}

/** The index of the resource including the operation, unformatted. */
export function withOperation(index: string, plan: Plan): string {
	const line = `import { ${exportOf(plan)} } from './${plan.name}.operation';`;
	const lines = index.split('\n');
	const after = lines.findIndex(
		(one) =>
			/from '\.\/.*\.operation';$/.test(one) &&
			one.replace(/.* from/, '') > line.replace(/.* from/, ''),
	);
	const last = lines.findLastIndex((one) => one.startsWith('import '));
	lines.splice(after === -1 ? last + 1 : after, 0, line);
	const text = lines.join('\n');
	const listed = text.replace(/(operations: \[[^\]]*?),?(\s*\])/, `$1, ${exportOf(plan)}$2`);
	if (listed === text) throw new Error(`The index of ${plan.resource} has no list of operations.`);
	return listed;
}

interface Id {
	placeholder: string;
	/** The parameter, such as `deviceId`. */
	name: string;
	label: string;
	/** The locator for it, if there is one. */
	locator?: string;
}

/** The parameters that fill the placeholders of the endpoint. */
export function idsOf({ resource, endpoint, locators }: Plan): Id[] {
	return [...endpoint.matchAll(/\{(\w+)\}/g)].map(([placeholder, inside = '']) => {
		const name = inside === 'id' ? `${resource}Id` : inside;
		const locator = name.replace(/Id$/, 'Locator');
		return {
			...{ placeholder, name, label: titleOf(name.replace(/Id$/, '')) },
			...(locators.includes(locator) && { locator }),
		};
	});
}

function pathText(path: string, ids: Id[]): string {
	if (ids.length === 0) return `'${path}'`;
	const filled = ids.reduce(
		(text, { placeholder, name }) => text.replace(placeholder, `\${call.id('${name}')}`),
		path,
	);
	return `path\`${filled}\``;
}

/** `getLiveProgramme`: "Get Live Programme". */
function titleOf(name: string): string {
	return name.replace(/^./, (first) => first.toUpperCase()).replace(/(?<=.)[A-Z]/g, ' $&');
}

function actionOf(name: string, resource: string): string {
	const what = titleOf(resource).toLowerCase();
	if (name === 'getAll') return `Get many ${what}s`;
	const [verb, ...rest] = titleOf(name).split(' ');
	return rest.length === 0
		? `${verb} ${what}`
		: `${verb} ${rest.join(' ').toLowerCase()} of ${what}`;
}

function gradeOf(known: KnownEndpoint | undefined): Grade {
	const grades: Grade[] = ['OBSERVED-weak', 'OBSERVED', 'DOCUMENTED'];
	return grades.find((grade) => known?.grade.startsWith(grade)) ?? 'INFERRED';
}

/** "S2, S5–S7" and "S7 only", as separate tags. */
function sourcesOf(known: KnownEndpoint | undefined): string {
	const tags = [...(known?.sources ?? '').matchAll(/S(\d+)(?:–S(\d+))?/g)].flatMap(
		([, from, to = from]) => {
			const [first, last] = [Number(from), Number(to)];
			return Array.from({ length: last - first + 1 }, (_, index) => `S${first + index}`);
		},
	);
	return tags.join(', ') || '<S?>';
}
