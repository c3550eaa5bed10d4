/**
 * `npm run new:operation -- <resource> <name> ["<method> <path>"]`: writes an operation, its line in the
 * index of the resource, and an engine test, and prints what is left to do. Write the endpoint as in
 * docs/appspace-api.md, section 4; without it, its place stays empty.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import * as locators from '../nodes/Appspace/fields/locators.ts';
import { resources } from '../nodes/Appspace/resources/resources.ts';
import { services } from '../sandbox/routes/services.mts';
import { ADD_ITS_ROW, KNOWN_ENDPOINTS } from '../test/support/dossier.mts';
import { idsOf, operationText, testText, withOperation, type Plan } from './operationSkeleton.mts';

const USAGE =
	'Usage: npm run new:operation -- <resource> <name> ["<method> <path>"], such as: user getPreferences "GET userpreference/users/me"';
const NO_ENDPOINT = 'GET <path>';

async function main(): Promise<void> {
	const plan = planFrom(parseArgs({ allowPositionals: true }).positionals);
	const folder = `nodes/Appspace/resources/${plan.resource}`;
	const operation = `${folder}/${plan.name}.operation.ts`;
	const index = `${folder}/index.ts`;
	const test = `test/engine/operations/${plan.resource}${capital(plan.name)}.test.mts`;
	for (const path of [operation, test]) {
		if (existsSync(path)) throw new Error(`${path} already exists.`);
	}
	const texts = {
		[operation]: operationText(plan),
		[index]: withOperation(await readFile(index, 'utf8'), plan),
		[test]: testText(plan),
	};
	for (const [path, text] of Object.entries(texts)) {
		await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
		console.log(`written: ${path}`);
	}
	const left = whatIsLeft(plan, operation, test);
	console.log(`\nLeft to do:\n${left.map((line, at) => `${at + 1}. ${line}`).join('\n')}`);
}

function planFrom([value = '', name = '', endpoint = NO_ENDPOINT, ...others]: string[]): Plan {
	const resource = resources.find((one) => one.value === value);
	if (!resource) {
		throw new Error(`${USAGE}\nResources: ${resources.map((one) => one.value).join(', ')}.`);
	}
	if (resource.credential === 'appspaceScimApi' || value === 'apiCall') {
		throw new Error(
			`${resource.name} differs from the other resources: copy one of its operations.`,
		);
	}
	const isWellFormed = /^[a-z][A-Za-z]*$/.test(name) && others.length === 0;
	if (!isWellFormed || !/^(GET|POST|PUT|PATCH|DELETE) [^/]\S*$/.test(endpoint)) {
		throw new Error(USAGE);
	}
	const known = KNOWN_ENDPOINTS.find((one) => one.endpoint === endpoint);
	return { resource: value, name, endpoint, known, locators: Object.keys(locators) };
}

function whatIsLeft(plan: Plan, operation: string, test: string): string[] {
	const { endpoint, known } = plan;
	const isServed = services
		.flatMap(({ endpoints }) => endpoints)
		.some(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}` === endpoint);
	const service = endpoint.replace(/^\w+ /, '').split('/')[0];
	const routes = endpoint === NO_ENDPOINT ? 'sandbox/routes' : `sandbox/routes/${service}.mts`;
	const isRead = endpoint.startsWith('GET ');
	const unknownIds = idsOf(plan).filter(({ locator }) => locator === undefined);
	const needsExample = !isRead || unknownIds.length > 0;
	return [
		...(known ? [] : [`If the endpoint is missing, ${ADD_ITS_ROW}, with its sources.`]),
		`${operation}: replace the text in <>, and read about the endpoint in docs/appspace-api.md. If it shows the reply, remove reply: 'unknown', use call.record or call.list${isRead ? ', and add the endpoint to conformance/expectations' : ''}.`,
		...(isServed ? [] : [`${routes}: add the endpoint, based on the evidence.`]),
		...(needsExample ? ['test/faults/examples.mts: add parameters with which it succeeds.'] : []),
		...(isRead && needsExample ? ['conformance/plan.mts: add where its IDs come from.'] : []),
		`${test}: replace the text in <>; npm run build && npx jest ${test}`,
		'CHANGELOG.md: add a line for users.',
		'npm run schemas && npm run docs && npx prettier --write . && npm test && npm run lint',
	];
}

function capital(name: string): string {
	return name.replace(/^./, (first) => first.toUpperCase());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
