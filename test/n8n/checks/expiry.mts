import { deepEqual, equal, ok } from 'node:assert/strict';
import type { INodeExecutionData } from 'n8n-workflow';

import { until } from '../../support/until.mts';
import type { Context } from './context.mts';

const getUser = {
	resource: 'user',
	operation: 'get',
	userId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

/** Access tokens that expire while a workflow runs. */
export async function checkExpiry(context: Context): Promise<void> {
	const { report } = context;
	report.section('Expiry in mid-run');

	await report.check(
		'40 items over 8 s, tokens of 3 s: renewed ahead, no refused call',
		async () => {
			const tenant = await context.startTenant({ tokenLifetime: 3, latency: 200 });
			const credential = await context.createCredential('Expiry', context.applicationToken(tenant));
			const ids = await userIds(context, credential);
			const items = await context.runAppspace(
				{ ...getUser, options: { itemsAtOnce: 1 } },
				credential,
				ids.map((id) => ({ id })),
			);
			deepEqual(idsOf(items), ids);
			equal(tenant.count({ status: 401 }), 0, 'refused calls');
			const exchanges = context.exchanges(tenant);
			ok(exchanges >= 3 && exchanges <= 5, `${exchanges} token exchanges`);
			report.note(`  ${exchanges} token exchanges, 0 refused calls`);
		},
	);

	await report.check(
		'8 items in flight, the token revoked: one exchange, no item lost',
		async () => {
			const tenant = await context.startTenant({ latency: 100 });
			const credential = await context.createCredential(
				'Revoked',
				context.applicationToken(tenant),
			);
			const ids = await userIds(context, credential);
			const before = tenant.requests.length;
			const running = context.runAppspace(
				getUser,
				credential,
				ids.map((id) => ({ id })),
			);
			const underWay = () => tenant.requests.length >= before + 20;
			await Promise.race([running, until('20 requests of the run', underWay)]);
			tenant.revokeAccessTokens();
			deepEqual(idsOf(await running), ids);
			equal(context.exchanges(tenant), 2, 'token exchanges, the first one included');
			report.note(`  ${tenant.count({ status: 401 })} calls were refused and sent again`);
		},
	);
}

async function userIds(
	context: Context,
	credential: Parameters<Context['runAppspace']>[1],
): Promise<string[]> {
	const parameters = { resource: 'user', operation: 'getAll', returnAll: true };
	return idsOf(await context.runAppspace(parameters, credential));
}

function idsOf(items: INodeExecutionData[]): string[] {
	return items.map(({ json }) => String(json.id));
}
