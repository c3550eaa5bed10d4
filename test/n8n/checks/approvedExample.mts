import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { request } from 'undici';

import { directoryOf, makeHrList } from '../../support/hrList.mts';
import { startMailServer, type MailServer } from '../../support/mailServer.mts';
import { reply, startRawServer } from '../../support/rawServer.mts';
import { until } from '../../support/until.mts';
import { readExamples, waitsForSomebody } from '../examples.mts';
import { outputOf } from '../workflow.mts';
import type { Context } from './context.mts';

/** Where the example finds its list until the user enters another address. */
const HR = 'https://hr.example.com/people.csv';
const START = 'Every Morning';
const PATIENCE = 30_000;
const PAUSE = 100;
/** n8n accepts an answer only from a browser, and not from the preview of a link in a chat. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };

/** The example that waits for somebody: the check answers by the links in its mail. */
export async function checkApprovedExample(context: Context): Promise<void> {
	const { report, rest } = context;
	report.section('The example that asks for approval');
	const tenant = await context.startTenant();
	const list = makeHrList(tenant);
	const before = directoryOf(tenant);
	const hr = await startRawServer(() => reply.text(list.csv));
	const mail = await startMailServer();
	const scim = await context.createScimCredential('Approved', tenant);
	const { id, nodes } = await publishedFor(context, scim, hr.url, mail.port);

	const reaches = async (executionId: string, wanted: string) => {
		const statusOf = async () =>
			(await rest.executionsOf(id)).find((one) => one.id === executionId)?.status;
		const isOver = async () => [wanted, 'error', 'success'].includes((await statusOf()) ?? '');
		await until(`the execution is ${wanted}`, isOver, PATIENCE, PAUSE);
		equal(await statusOf(), wanted);
	};
	const start = async () => {
		const path = `/rest/workflows/${id}/run`;
		const body = { triggerToStartFrom: { name: START } };
		return (await rest.call<{ executionId: string }>('POST', path, body)).executionId;
	};
	const writes = () => tenant.requests.filter(({ method }) => method !== 'GET').length;

	let execution = '';
	await report.check('it names every change in a mail, and waits before it writes', async () => {
		execution = await start();
		await reaches(execution, 'waiting');
		equal(mail.messages.length, 1);
		const text = decoded(mail.messages[0]!);
		for (const [name, outcome] of list.changes) match(text, new RegExp(`${outcome}: ${name} `));
		match(text, /1 created, 1 updated, 1 reactivated, 1 deactivated/);
		equal(writes(), 0);
	});
	await report.check('a no writes nothing', async () => {
		await answer(mail, false);
		await reaches(execution, 'success');
		const ended = await rest.execution(execution);
		const { approved } = outputOf(ended, 'Ask')[0]?.json.data as { approved?: unknown };
		equal(approved, false);
		deepEqual(outputOf(ended, 'Apply'), []);
		equal(writes(), 0);
		deepEqual(directoryOf(tenant), before);
	});
	await report.check('after a yes, Appspace has the users on the list', async () => {
		execution = await start();
		await reaches(execution, 'waiting');
		await answer(mail, true);
		await reaches(execution, 'success');
		const ended = await rest.execution(execution);
		for (const name of nodes) ok(outputOf(ended, name).length > 0, `"${name}" has no output`);
		deepEqual(directoryOf(tenant), list.wanted);
		equal(writes(), list.changes.length);
	});
	await report.check('if nothing differs, it asks nobody', async () => {
		await reaches(await start(), 'success');
		equal(mail.messages.length, 2);
	});
	await Promise.all([hr.close(), mail.close()]);
}

/** Saves the example with its credentials and with the address of a list. */
async function publishedFor(
	{ rest }: Context,
	scim: { id: string; name: string },
	url: string,
	port: number,
): Promise<{ id: string; nodes: string[] }> {
	const data = { host: '127.0.0.1', port, secure: false, disableStartTls: true };
	const name = 'Mail for approval';
	const smtp = { id: await rest.createCredential({ name, type: 'smtp', data }), name };
	const [example, ...others] = (await readExamples(scim, scim)).filter(waitsForSomebody);
	if (!example || others.length > 0) throw new Error('Exactly one example is to wait.');
	const nodes = example.nodes.map((node) => ({
		...node,
		...(node.type === 'n8n-nodes-base.emailSend' && { credentials: { smtp } }),
		parameters: { ...node.parameters, ...(node.parameters.url === HR && { url }) },
	}));
	const { id } = await rest.createWorkflow({ ...example, nodes });
	const working = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
	return { id, nodes: working.map((node) => node.name) };
}

/** Follows a link in the latest mail, as a browser does. */
async function answer({ messages }: MailServer, approved: boolean): Promise<void> {
	const links = [...decoded(messages.at(-1) ?? '').matchAll(/href="(http[^"]+)"/g)];
	const link = links.find(([, url]) => url?.includes(`approved=${approved}`))?.[1];
	if (link === undefined) throw new Error('The mail has no such link.');
	const { statusCode, body } = await request(link, { headers: BROWSER });
	await body.dump();
	equal(statusCode, 200);
}

/** The text of a mail in quoted-printable form (RFC 2045 6.7). */
function decoded(message: string): string {
	const bytes = message
		.replace(/=\r\n/g, '')
		.replace(/=([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
