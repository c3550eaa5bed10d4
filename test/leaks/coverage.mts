import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { ICredentialType } from 'n8n-workflow';

const load = createRequire(resolve('package.json'));

/** The parts of the package that this suite runs. */
const COVERED = [
	'dist/credentials/AppspaceApi.credentials.js',
	'dist/credentials/AppspaceScimApi.credentials.js',
	'dist/nodes/Appspace/Appspace.node.js',
	'dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js',
];
/** The secrets that it searches for, as the credentials name them. */
const SECRETS = [
	...['subjectId', 'refreshToken', 'apiKey', 'accessToken', 'accessTokenRecord'],
	'scimToken',
];

/** Parts of the package that this suite does not cover; any of them makes the suite fail. */
export async function uncovered(): Promise<string[]> {
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8')) as {
		n8n: { credentials: string[]; nodes: string[] };
	};
	const parts = [...n8n.credentials, ...n8n.nodes].filter((part) => !COVERED.includes(part));
	const secrets = n8n.credentials.flatMap(secretsOf);
	return [...parts, ...secrets.filter((secret) => !SECRETS.includes(secret))];
}

/** The masked properties of a built credential type. */
function secretsOf(file: string): string[] {
	const built = load(resolve(file)) as Record<string, new () => ICredentialType>;
	return Object.values(built).flatMap((Type) =>
		new Type().properties
			.filter(({ typeOptions }) => typeOptions?.password === true)
			.map(({ name }) => name),
	);
}
