import { equal, rejects } from 'node:assert/strict';

import { httpRequestNode } from '../workflow.mts';
import type { Context } from './context.mts';

/** Our credential in n8n's own HTTP Request node. */
export async function checkHttpRequestNode(context: Context): Promise<void> {
	const { report } = context;
	report.section('HTTP Request node');
	const tenant = await context.startTenant();
	const credential = await context.createCredential('HTTP', context.applicationToken(tenant));
	const get = (url: string) => context.runNode(httpRequestNode(url, credential));

	await report.check('it reads with a token that the credential fetches', async () => {
		const [item] = await get(`${tenant.url}/api/v3/users?start=0&limit=3`);
		equal((item?.json.items as unknown[] | undefined)?.length, 3);
		equal(context.exchanges(tenant), 1);
	});
	await report.check('it continues with the stored token', async () => {
		await get(`${tenant.url}/api/v3/users/me`);
		equal(context.exchanges(tenant), 1);
	});
	await report.check('it gets a new token after the old one was revoked', async () => {
		tenant.revokeAccessTokens();
		await get(`${tenant.url}/api/v3/users/me`);
		equal(context.exchanges(tenant), 2);
	});
	await report.check('it gets no token for another host', async () => {
		const stranger = await context.startTenant();
		await rejects(
			get(`${stranger.url}/api/v3/users/me`),
			/is only for .+, and the request goes elsewhere/,
		);
		equal(stranger.requests.length, 0, 'requests that arrived there');
	});
	await report.check(
		'a credential that does not allow this node still works in the Appspace node',
		async () => {
			const data = context.applicationToken(await context.startTenant());
			const barred = await context.createCredential('Barred', {
				...data,
				allowedHttpRequestDomains: 'none',
			});
			const me = `${String(data.baseUrl)}/api/v3/users/me`;
			await rejects(context.runNode(httpRequestNode(me, barred)));
			const items = await context.runAppspace(
				{ resource: 'user', operation: 'getCurrent' },
				barred,
			);
			equal(items.length, 1);
		},
	);
	await report.check('so does one that allows only the host of the Base URL', async () => {
		const data = context.applicationToken(await context.startTenant());
		const limited = await context.createCredential('Limited', {
			...data,
			allowedHttpRequestDomains: 'domains',
			allowedDomains: '127.0.0.1',
		});
		const items = await context.runAppspace({ resource: 'user', operation: 'getCurrent' }, limited);
		equal(items.length, 1);
	});
}
