import { deepEqual, equal, ok } from 'node:assert/strict';

import { filesIn } from '../userFolder.mts';
import type { Context } from './context.mts';

/** Runs last: secrets may appear only encrypted in the database. */
export async function checkLeaks(context: Context): Promise<void> {
	const { report, rest, userFolder, n8n } = context;
	report.section('Secrets');
	const secrets = context.secrets();
	const found = (text: string | Buffer) =>
		secrets.filter((secret) => text.includes(secret)).map(shortened);

	await report.check(`${secrets.length} secrets took part, of every kind`, () => {
		ok(secrets.length > 20, 'too few to prove anything');
		ok(
			secrets.some((secret) => secret.startsWith('eyJ')),
			'no access token among them',
		);
	});
	await report.check("no secret in n8n's log, which was kept at debug level", () => {
		ok(n8n.log().includes('debug'), 'the log is not at debug level');
		deepEqual(found(n8n.log()), []);
	});
	await report.check(`no secret in the ${rest.answers.length} answers that a browser gets`, () => {
		deepEqual(found(rest.answers.join('\n')), []);
	});
	await report.check('the credential dialog gets placeholders for all secrets', async () => {
		const { id } = await context.createCredential(
			'Dialog',
			context.applicationToken(context.tenant),
		);
		equal((await rest.testCredential(id)).status, 'OK');
		const { data } = await rest.getCredential(id);
		for (const field of ['refreshToken', 'accessToken', 'accessTokenRecord']) {
			ok(/^__n8n_BLANK_VALUE_/.test(String(data[field])), `${field} is ${String(data[field])}`);
		}
	});
	await report.check(
		'the dialog of the SCIM credential gets a placeholder for its token',
		async () => {
			const { id } = await context.createScimCredential('SCIM dialog', context.tenant);
			const { data } = await rest.getCredential(id);
			ok(/^__n8n_BLANK_VALUE_/.test(String(data.scimToken)), `it is ${String(data.scimToken)}`);
		},
	);
	await report.check(
		"no secret in any file of n8n's: database, execution data, event log",
		async () => {
			const files = await filesIn(userFolder.path);
			const { email } = context.tenant.tenant.users.at(-1)!;
			ok(
				[...files.values()].some((content) => content.includes(email)),
				'what the workflows read is not found either',
			);
			const leaks = [...files]
				.map(([file, content]) => ({ file, hits: found(content) }))
				.filter(({ hits }) => hits.length > 0);
			deepEqual(leaks, []);
		},
	);
}

/** Enough of a secret to identify it in a message. */
function shortened(secret: string): string {
	return `${secret.slice(0, 6)}... (${secret.length} characters)`;
}
