/**
 * `npm run n8n`: starts the real n8n editor with the Appspace node, connected to a sandbox tenant. Runs
 * until Ctrl-C and leaves only the installed n8n in the cache.
 */
import { startSandbox } from '../sandbox/server.mts';
import { readExamples } from '../test/n8n/examples.mts';
import { openInstance } from '../test/n8n/instance.mts';
import type { Login } from '../test/n8n/rest.mts';

async function main(): Promise<void> {
	const { rest, n8n, login } = await openInstance();
	const sandbox = await startSandbox({ users: 250, channels: 60 });
	const { url, subjectId, refreshToken, scimUrl, scimToken } = sandbox;
	const credential = {
		name: 'Appspace sandbox',
		type: 'appspaceApi',
		data: { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken },
	};
	const id = await rest.createCredential(credential);
	const scim = {
		name: 'Appspace sandbox, SCIM',
		type: 'appspaceScimApi',
		data: { baseUrl: scimUrl, scimToken },
	};
	const scimId = await rest.createCredential(scim);
	const examples = await readExamples(
		{ id, name: credential.name },
		{ id: scimId, name: scim.name },
	);
	for (const example of examples) await rest.createWorkflow(example);

	console.log(welcome(n8n.url, login, examples.length, url));
	// n8n and the sandbox keep this process running. What it started and wrote is removed at exit.
}

function welcome(url: string, login: Login, workflows: number, sandboxUrl: string): string {
	return `
n8n with the Appspace node is running. Press Ctrl-C to stop it and remove its data.

  Open       ${url}
  Email      ${login.email}
  Password   ${login.password}

  Workflows  ${workflows} examples; docs/i-want-to.md says what each is for
  Credentials Appspace sandbox, and Appspace sandbox, SCIM, for the tenant at ${sandboxUrl}

What to try:
  - Open a workflow and press "Execute workflow".
  - Open an Appspace node, choose another operation, and pick a channel or user from the list.
  - Open the credential, type a wrong RefreshToken, and save: the message says what is wrong.
  - Add an HTTP Request node: Authentication "Predefined Credential Type", "Appspace API".
`;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
