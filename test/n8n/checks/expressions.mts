import { equal } from 'node:assert/strict';

import type { Context } from './context.mts';

const readUsers = { resource: 'user', operation: 'getAll', limit: 1 };

/** Secrets given as expressions, as when they come from a vault. */
export async function checkExpressions(context: Context): Promise<void> {
	const { report } = context;
	report.section('Secrets as expressions');
	const tenant = await context.startTenant();
	const refreshToken = asExpression(tenant.refreshToken);
	const credential = await context.createCredential('Expressions', {
		...context.applicationToken(tenant),
		subjectId: asExpression(tenant.subjectId),
		refreshToken,
	});

	await report.check('the Test button resolves them', async () => {
		const verdict = await context.rest.testCredential(credential.id);
		equal(verdict.status, 'OK', verdict.message);
	});
	await report.check('workflows run, and the token is fetched once', async () => {
		await context.runAppspace(readUsers, credential);
		await context.runAppspace(readUsers, credential);
		equal(context.exchanges(tenant), 1);
	});
	await report.check('the expression stays in the stored credential', async () => {
		const stored = await context.storedData(credential);
		equal(stored.refreshToken, refreshToken);
	});
	await report.check('a rotation that n8n cannot store costs no exchange per request', async () => {
		tenant.set({ rotation: 'newestOnly', rotationLeeway: 3600 });
		tenant.revokeAccessTokens();
		for (let run = 0; run < 3; run++) await context.runAppspace(readUsers, credential);
		equal(context.exchanges(tenant), 2, 'one for the start and one for the revoked token');
	});
}

/** An expression that returns this text without containing it. */
function asExpression(text: string): string {
	return `={{ ${JSON.stringify([...text].reverse().join(''))}.split('').reverse().join('') }}`;
}
