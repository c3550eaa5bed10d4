import { deepEqual, equal, ok, rejects } from 'node:assert/strict';

import { reply } from '../../support/rawServer.mts';
import { appspaceNode, appspaceNodeType, type CredentialReference } from '../workflow.mts';
import type { Context } from './context.mts';
import { checkRows, success } from './truthTable.mts';

/** User provisioning: credential, Test button, a workflow, pickers, and which secret goes where. */
export async function checkScim(context: Context): Promise<void> {
	const { report, rest } = context;
	report.section('SCIM');
	const tenant = await context.startTenant();
	const credential = await context.createScimCredential('SCIM', tenant);
	await report.check('the editor offers each resource its own credential', async () => {
		const node = (await rest.nodeTypes()).find(({ name }) => name === appspaceNodeType);
		const shown = (node?.credentials ?? []).map(({ name, displayOptions }) => [
			name,
			displayOptions,
		]);
		const resource = ['scimUser', 'scimGroup'];
		deepEqual(shown, [
			['appspaceApi', { hide: { resource } }],
			['appspaceScimApi', { show: { resource } }],
		]);
	});
	await checkTest(context, credential);
	await checkWorkflow(context, credential);

	await report.check(
		'pickers search on the server, and their IDs are not those of v3',
		async () => {
			const user = tenant.tenant.scimUsers[20]!;
			const { results } = await rest.listSearch({
				...{ path: 'scimUserId', methodName: 'searchScimUsers', filter: user.userName },
				node: appspaceNode({ resource: 'scimUser', operation: 'get' }, credential),
			});
			deepEqual(
				results.map(({ value }) => value),
				[user.id],
			);
			ok(tenant.tenant.users.every(({ id }) => id !== user.id));
			ok(tenant.requests.some(({ query }) => query.filter?.includes(' co ')));
		},
	);
	await report.check('a picker of groups says which option the tenant lacks', async () => {
		tenant.set({ groupSync: false });
		const searching = rest.listSearch({
			...{ path: 'scimGroupId', methodName: 'searchScimGroups' },
			node: appspaceNode({ resource: 'scimGroup', operation: 'get' }, credential),
		});
		await rejects(searching, /not found at this address|User Group Sync/);
		tenant.set({ groupSync: true });
	});
	await report.check(
		'the SCIM token goes to SCIM alone, the access token never there',
		async () => {
			const api = await context.createCredential('Beside SCIM', context.applicationToken(tenant));
			await context.runAppspace({ resource: 'user', operation: 'getCurrent' }, api);
			const wrongly = tenant.requests.filter(({ path, headers }) => {
				const isScimToken = headers.authorization === `Bearer ${tenant.scimToken}`;
				return isScimToken !== path.startsWith('/identity/scim') && headers.authorization;
			});
			// The Test button was pressed with made-up tokens.
			deepEqual(
				wrongly.filter(({ status }) => status !== 401),
				[],
			);
		},
	);
}

async function checkTest(context: Context, credential: CredentialReference): Promise<void> {
	const tenant = await context.startTenant();
	const press = async (changes: Record<string, string>) => {
		const data = { baseUrl: tenant.scimUrl, scimToken: tenant.scimToken, ...changes };
		const id = await context.rest.createCredential({
			name: 'Tested',
			type: 'appspaceScimApi',
			data,
		});
		return await context.rest.testCredential(id);
	};
	const html = await context.startRaw(() => reply.text('<p>Please sign in</p>'));
	const elsewhere = await context.startRaw(() => reply.redirect(tenant.scimUrl, 302));
	const ours = (says: RegExp) => ({ status: 'Error' as const, by: 'ours' as const, says });
	await checkRows(context.report, [
		{
			situation: 'address and token as the console shows them',
			...success,
			press: async () => await context.rest.testCredential(credential.id),
		},
		{
			situation: 'a bare host',
			...success,
			press: async () => await press({ baseUrl: `${tenant.url}/` }),
		},
		{
			situation: 'a wrong token',
			...ours(/refuses the SCIM Token/),
			press: async () => await press({ scimToken: crypto.randomUUID() }),
		},
		{
			situation: 'the access token of API v3 in its place',
			...ours(/refuses the SCIM Token/),
			press: async () => await press({ scimToken: tenant.refreshToken }),
		},
		{
			situation: 'no token',
			...ours(/SCIM Token is empty/),
			press: async () => await press({ scimToken: ' ' }),
		},
		{
			situation: 'an address that is not SCIM',
			...ours(/not as a SCIM service does/),
			press: async () => await press({ baseUrl: `${tenant.url}/nowhere` }),
		},
		{
			situation: 'a web page',
			...ours(/not as a SCIM service does/),
			press: async () => await press({ baseUrl: html }),
		},
		{
			situation: 'an address that redirects',
			...ours(/redirects to another/),
			press: async () => await press({ baseUrl: elsewhere }),
		},
	]);
}

async function checkWorkflow(context: Context, credential: CredentialReference): Promise<void> {
	const { report } = context;
	const run = async (operation: string, parameters: Record<string, unknown>) => {
		const all = { resource: 'scimUser', operation, ...parameters };
		const [item] = await context.runAppspace(all as never, credential);
		return item!.json;
	};
	await report.check('a user is created, found unchanged, deactivated, and deleted', async () => {
		const person = { userName: 'eva.nová@example.com', additionalFields: { department: 'Desks' } };
		const made = await run('upsert', person);
		equal(made.outcome, 'created');
		equal((await run('upsert', person)).outcome, 'unchanged');
		const [byEmail] = await context.runAppspace(
			{ resource: 'scimUser', operation: 'getAll', filters: { email: person.userName } },
			credential,
		);
		equal(byEmail!.json.id, made.id);
		equal((await run('deactivate', { scimUserId: made.id })).active, false);
		equal((await run('delete', { scimUserId: made.id })).deleted, true);
	});
}
