import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';

import type { Context } from './context.mts';

const readUsers = { resource: 'user', operation: 'getAll', limit: 1 };

/** What the credential's hook stores in n8n's database. */
export async function checkStoredCredential(context: Context): Promise<void> {
	const { report } = context;
	report.section('Stored credential');
	const tenant = await context.startTenant({ rotation: 'singleUse', tokenLifetime: 1800 });
	const firstRefreshToken = tenant.refreshToken;
	const credential = await context.createCredential('Stored', context.applicationToken(tenant));
	const began = Date.now();
	await context.runAppspace(readUsers, credential);
	const stored = await context.storedData(credential);
	const record = recordIn(stored.accessTokenRecord);

	await report.check('the access token that the tenant issued is stored', () => {
		match(String(stored.accessToken), /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
		const used = tenant.requests.at(-1)?.headers.authorization;
		equal(used, `Bearer ${String(stored.accessToken)}`);
	});
	await report.check('so is when it was received and how long it lives', () => {
		ok(record.issuedAt >= began && record.issuedAt <= Date.now(), `received at ${record.issuedAt}`);
		equal(record.lifetime, 1_800_000);
	});
	await report.check('the rotated refresh token is stored in place of the used one', () => {
		notEqual(stored.refreshToken, firstRefreshToken);
		equal(stored.refreshToken, tenant.refreshToken);
	});
	await report.check('with it the next renewal works, single-use as it is', async () => {
		tenant.revokeAccessTokens();
		const items = await context.runAppspace(readUsers, credential);
		equal(items.length, 1);
		equal(context.exchanges(tenant), 2);
	});
	await report.check('only the declared fields are stored', () => {
		deepEqual(Object.keys(stored).sort(), [
			'accessToken',
			'accessTokenRecord',
			'authentication',
			'baseUrl',
			'refreshToken',
			'subjectId',
		]);
	});
	await report.check(
		'a token received "next year", under a wrong clock, is renewed once',
		async () => {
			const year = 365 * 24 * 3600 * 1000;
			const now = await context.storedData(credential);
			const future = { ...recordIn(now.accessTokenRecord), issuedAt: Date.now() + year };
			await context.rest.updateCredential(credential.id, {
				accessToken: now.accessToken,
				accessTokenRecord: JSON.stringify(future),
			});
			const before = context.exchanges(tenant);
			await context.runAppspace(readUsers, credential);
			await context.runAppspace(readUsers, credential);
			equal(context.exchanges(tenant) - before, 1);
		},
	);
}

function recordIn(text: unknown): { issuedAt: number; lifetime?: number } {
	return JSON.parse(String(text)) as { issuedAt: number; lifetime?: number };
}
