import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { UNDOCUMENTED_REPLIES } from '../../../sandbox/settings.mts';
import { locators } from '../../support/appspaceNode.mts';
import type { Context } from './context.mts';

/** Operations of every kind, run like the editor's button runs them. */
export async function checkWorkflows(context: Context): Promise<void> {
	const { report, tenant } = context;
	report.section('Workflows');
	report.note(`The tenant was made from seed ${tenant.seed}.`);
	const credential = await context.createCredential('Workflows', context.applicationToken(tenant));
	const run = (parameters: IDataObject, items?: IDataObject[]) =>
		context.runAppspace(parameters, credential, items);
	const all = { operation: 'getAll', returnAll: true };

	let channels: IDataObject[] = [];
	await report.check('channel: Get Many gives every channel once', async () => {
		channels = jsonOf(await run({ resource: 'channel', ...all }));
		equal(new Set(channels.map(({ id }) => id)).size, tenant.tenant.channels.length);
		equal(channels.length, tenant.tenant.channels.length);
	});
	await report.check('user: Get Many gives every user once, over several pages', async () => {
		const users = jsonOf(await run({ resource: 'user', ...all }));
		equal(new Set(users.map(({ id }) => id)).size, tenant.tenant.users.length);
		equal(users.length, tenant.tenant.users.length);
	});
	await report.check('user: Get Many with a limit gives that many', async () => {
		const users = jsonOf(await run({ resource: 'user', operation: 'getAll', limit: 7 }));
		equal(users.length, 7);
	});
	await report.check(
		'user group: Get Members for several groups, paired with their items',
		async () => {
			const groups = jsonOf(await run({ resource: 'userGroup', ...all })).slice(0, 3);
			const parameters = {
				...{ resource: 'userGroup', operation: 'getMembers', returnAll: true },
				userGroupId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			};
			const members = await run(parameters, groups);
			ok(members.length > 0, 'no members at all');
			for (const { pairedItem } of members) {
				const { item } = pairedItem as { item: number };
				ok(item >= 0 && item < groups.length, `paired with item ${item}`);
			}
			const alone = await run(parameters, groups.slice(0, 1));
			const first = members.filter(({ pairedItem }) => (pairedItem as { item: number }).item === 0);
			deepEqual(jsonOf(first), jsonOf(alone));
		},
	);
	// The response to the write is not public, so the sandbox can respond in several ways.
	for (const undocumentedReply of UNDOCUMENTED_REPLIES) {
		const title = 'channel: Add Publish Targets adds one and keeps the others';
		await report.check(`${title} (the write is answered with: ${undocumentedReply})`, async () => {
			tenant.set({ undocumentedReply });
			const channelId = { __rl: true, mode: 'id', value: String(channels[0]?.id) };
			const targets = async () =>
				jsonOf(await run({ resource: 'channel', operation: 'getPublishTargets', channelId })).map(
					({ targetId }) => targetId,
				);
			const before = await targets();
			const device = tenant.tenant.devices.find(({ id }) => !before.includes(id))?.id;
			const deviceIds = locators(device);
			await run({ resource: 'channel', operation: 'addPublishTargets', channelId, deviceIds });
			deepEqual((await targets()).sort(), [...before, device].sort());
		});
	}
	await report.check('an unknown channel is named in the message, with what to do', async () => {
		const id = '00000000-1111-2222-3333-444444444444';
		const channelId = { __rl: true, mode: 'id', value: id };
		await rejects(
			run({ resource: 'channel', operation: 'get', channelId }),
			({ message }: Error) => {
				match(message, new RegExp(`Channel "${id}" was not found`));
				match(message, /Pick the record from the list/);
				return true;
			},
		);
	});
}

function jsonOf(items: INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}
