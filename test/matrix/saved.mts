import { equal } from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { SCIM_PATH } from '../../sandbox/scim/surface.mts';
import type { Context } from '../n8n/checks/context.mts';
import { readExamples, startOf } from '../n8n/examples.mts';
import type { InstalledN8n } from '../n8n/install.mts';
import { Report } from '../n8n/report.mts';
import type { WorkflowBody } from '../n8n/rest.mts';
import { Published, triggeredWorkflow, triggerNode } from '../n8n/triggerWorkflow.mts';
import { createUserFolder } from '../n8n/userFolder.mts';
import { outputOf, type CredentialReference } from '../n8n/workflow.mts';
import { addUser } from '../support/tenantLife.mts';
import { APPSPACE, startLocalInternet, type Played } from './localInternet.mts';
import { newUser, tellsOnly } from './poll.mts';
import { withInstance } from './ways.mts';

/**
 * What users of a release have in their n8n, and a later release must open:
 *
 * - `<version>/*.json`: workflows to run by hand;
 * - `<version>/n8n/`: what n8n exported: `credentials.json`, encrypted with `ENCRYPTION_KEY`, and
 *   `trigger.json`, a workflow with the state of its trigger, which knows the users in `users.json`.
 */
const SAVED = resolve('test', 'matrix', 'saved');
const ENCRYPTION_KEY = 'Only for the fixtures of this test';
/** The trigger watches a separate tenant, where nothing else changes. */
const WATCHED = 'app1.cloud.appspace.com';
/** What the saved credentials hold. No tenant accepts it: these words stand for the sandbox's secrets. */
const WORDS = {
	subjectId: 'saved-subject-id',
	refreshToken: 'saved-refresh-token',
	scimToken: 'saved-scim-token',
};
const readUsers = { resource: 'user', operation: 'getAll', limit: 3 };

/** Workflows, credentials, and the state of a trigger of an earlier release go on. */
export async function checkSaved(
	report: Report,
	install: InstalledN8n,
	version: string,
): Promise<void> {
	const exported = join(SAVED, version, 'n8n');
	const read = async (file: string) =>
		JSON.parse(await readFile(join(exported, file), 'utf8')) as unknown;
	const known = (await read('users.json')) as string[];
	const [{ id: triggerId }] = (await read('trigger.json')) as [{ id: string }];
	const [application, scim] = (await read('credentials.json')) as CredentialReference[];

	await inSavedN8n(report, install, undefined, async (context, watched) => {
		const { rest, tenant, n8n } = context;
		report.section(`Saved with ${version}`);
		await n8n.cli(['import:credentials', `--input=${join(exported, 'credentials.json')}`]);
		await n8n.cli(['import:workflow', `--input=${join(exported, 'trigger.json')}`]);

		await report.check('a saved credential reads, with one token exchange', async () => {
			equal((await context.runAppspace(readUsers, application!)).length, 3);
			equal(context.exchanges(tenant), 1);
		});
		await report.check('its Test button says so', async () => {
			equal((await rest.testCredential(application!.id)).status, 'OK');
			equal((await rest.testCredential(scim!.id)).status, 'OK');
		});
		for (const saved of await readExamples(application!, scim!, join(SAVED, version))) {
			await report.check(`"${saved.name}" runs`, async () => {
				const { id } = await rest.createWorkflow(saved);
				outputOf(await rest.run(id, startOf(saved)), startOf(saved));
			});
		}
		await report.check('a saved trigger tells what happened since, and nothing else', async () => {
			const others = watched.tenant.users.length;
			for (const id of known) addUser(watched, { id });
			watched.tenant.users.splice(0, others);
			const { id } = addUser(watched);
			await tellsOnly(await Published.publishSaved(rest, triggerId), watched, [id]);
		});
	});
}

/**
 * Saves what n8n exports for the fixtures of a release.
 *
 * @param tarball the packed package of the release
 */
export async function saveRelease(
	install: InstalledN8n,
	version: string,
	tarball: string,
): Promise<void> {
	const exported = join(SAVED, version, 'n8n');
	await mkdir(exported, { recursive: true });
	const write = async (file: string, content: unknown) =>
		await writeFile(join(exported, file), `${JSON.stringify(content, null, '\t')}\n`);

	await inSavedN8n(new Report(), install, tarball, async (context, watched) => {
		const { rest, n8n } = context;
		const { subjectId, refreshToken, scimToken } = WORDS;
		const application = (host: string) => ({
			...{ baseUrl: `https://${host}`, authentication: 'applicationToken' },
			...{ subjectId, refreshToken },
		});
		const credential = await context.createCredential('Saved', application(APPSPACE));
		const scimUrl = `https://${APPSPACE}${SCIM_PATH}`;
		const scim = await context.createScimCredential('Saved for SCIM', { scimUrl, scimToken });
		const forTrigger = await context.createCredential('Saved for trigger', application(WATCHED));
		// From here on, the credential holds an access token too.
		await context.runAppspace(readUsers, credential);

		const trigger = triggerNode({ event: 'userCreated' }, forTrigger);
		const published = await Published.publish(rest, triggeredWorkflow(trigger));
		await tellsOnly(published, watched, [await newUser(watched)]);
		await write(
			'users.json',
			watched.tenant.users.map(({ id }) => id),
		);
		const workflow = await rest.call<WorkflowBody & { id: string; staticData: unknown }>(
			'GET',
			`/rest/workflows/${published.id}`,
		);
		const { id, name, nodes, connections, settings, staticData } = workflow;
		await write('trigger.json', [
			{ id, name, active: false, nodes, connections, settings, staticData },
		]);

		const file = join(context.userFolder.path, 'credentials.json');
		await n8n.cli(['export:credentials', '--all', `--output=${file}`]);
		const all = JSON.parse(await readFile(file, 'utf8')) as Array<CredentialReference & object>;
		await write(
			'credentials.json',
			[credential, scim, forTrigger].map((one) => all.find((other) => other.id === one.id)),
		);
	});
}

/** An n8n with the key of the fixtures, for which sandboxes play the hosts of the saved credentials. */
async function inSavedN8n(
	report: Report,
	install: InstalledN8n,
	tarball: string | undefined,
	work: (context: Context, watched: Sandbox) => Promise<void>,
): Promise<void> {
	const watched = await startSandbox({ users: 40 });
	// The tenant of the context starts after n8n, whose settings name the proxy.
	const main: Played = { url: '' };
	const internet = await startLocalInternet({ [APPSPACE]: main, [WATCHED]: played(watched) });
	const userFolder = { ...(await createUserFolder(tarball)), encryptionKey: ENCRYPTION_KEY };
	await withInstance(report, { install, userFolder, env: internet.env }, async (context) => {
		Object.assign(main, played(context.tenant));
		await work(context, watched);
	}).finally(async () => {
		await internet.close();
		await watched.close();
	});
}

function played({ url, subjectId, refreshToken, scimToken }: Sandbox): Played {
	return {
		url,
		words: {
			[WORDS.subjectId]: subjectId,
			[WORDS.refreshToken]: refreshToken,
			[WORDS.scimToken]: scimToken,
		},
	};
}
