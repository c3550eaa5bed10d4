import { equal, ok, rejects } from 'node:assert/strict';
import type { INodeProperties } from 'n8n-workflow';

import { entryOf } from '../../../nodes/Appspace/runtime/listOfLocators.ts';
import { appspaceNode, appspaceNodeType, type CredentialReference } from '../workflow.mts';
import type { Context } from './context.mts';

/** Selected first, because the endpoint picker depends on it. */
const CHOSEN_BEFORE = { service: { __rl: true, mode: 'id', value: 'devices' } };

/** The node's From List pickers, as the editor requests them. */
export async function checkPickers(context: Context): Promise<void> {
	const { report, rest, tenant } = context;
	report.section('Pickers');
	const credential = await context.createCredential('Pickers', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Pickers over SCIM', tenant);
	const node = (await rest.nodeTypes()).find(({ name }) => name === appspaceNodeType);
	const methods = pickersIn(node?.properties ?? []);

	const isOverScim = (path: string) => methods.get(path)?.includes('Scim') === true;
	const search = async (
		path: string,
		more: { filter?: string; paginationToken?: unknown } = {},
		as = credential,
	) =>
		await rest.listSearch({
			...more,
			path,
			methodName: methods.get(path) ?? '',
			node: isOverScim(path)
				? appspaceNode({ resource: 'scimUser', operation: 'get' }, scim)
				: appspaceNode({ ...CHOSEN_BEFORE, resource: 'channel', operation: 'get' }, as),
		});

	for (const path of methods.keys()) {
		await report.check(`${path}: lists names with their IDs`, async () => {
			const { results } = await search(path);
			ok(results.length > 0, 'the list is empty');
			for (const { name, value } of results) ok(name && value, 'an entry lacks its name or ID');
		});
	}
	await report.check(
		`userId: pages to the end, ${tenant.tenant.users.length} users, each once`,
		async () => {
			const values: unknown[] = [];
			let paginationToken: unknown;
			do {
				const page = await search('userId', { paginationToken });
				values.push(...page.results.map(({ value }) => value));
				paginationToken = page.paginationToken;
			} while (paginationToken !== undefined && values.length <= tenant.tenant.users.length);
			equal(values.length, tenant.tenant.users.length);
			equal(new Set(values).size, values.length);
		},
	);
	await report.check('userId: a filter finds a user of the last page', async () => {
		const all = await context.runAppspace(
			{ resource: 'user', operation: 'getAll', returnAll: true },
			credential,
		);
		const { email, id } = all.at(-1)!.json;
		const { results } = await search('userId', { filter: String(email) });
		ok(
			results.some(({ value }) => value === id),
			`${results.length} results without the user`,
		);
	});
	await report.check('channelId: a list that cannot be read says why', async () => {
		const revoked = await context.startTenant();
		const other = await context.createCredential('Revoked', context.applicationToken(revoked));
		revoked.revokeRefreshToken();
		await rejects(search('channelId', {}, other as CredentialReference), /refuses the SubjectId/);
	});
}

/** The search methods of all resource locators, also in lists of them, by parameter name. */
function pickersIn(properties: INodeProperties[]): Map<string, string> {
	const found = new Map<string, string>();
	for (const property of properties) {
		const { type, modes = [] } = entryOf(property) ?? property;
		const list = modes.find((mode) => mode.type === 'list');
		const method = list?.typeOptions?.searchListMethod;
		if (type === 'resourceLocator' && method) found.set(property.name, method);
	}
	return found;
}
