/**
 * `npm run test:browser`: looks at the package in the editor of the real n8n, in Chromium, as a user does.
 * Installs n8n on first use (see test/n8n/install.mts); needs no Appspace account. `-- --only <text>` runs
 * the checks whose name has that text, in any letter case.
 */
import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../sandbox/server.mts';
import { Editor } from '../test/n8n/browser.mts';
import type { EditorContext } from '../test/n8n/editor/editorContext.mts';
import { checkCredentials } from '../test/n8n/editor/credentials.mts';
import { checkErrorViews } from '../test/n8n/editor/errorViews.mts';
import { checkNodesPanel } from '../test/n8n/editor/nodesPanel.mts';
import { checkPanels } from '../test/n8n/editor/panels.mts';
import { checkPickers } from '../test/n8n/editor/pickers.mts';
import { checkPublishing } from '../test/n8n/editor/publishing.mts';
import { checkRuns } from '../test/n8n/editor/runs.mts';
import { openInstance } from '../test/n8n/instance.mts';
import { chosenChecks } from '../test/n8n/chosenChecks.mts';
import { Report } from '../test/n8n/report.mts';

const checks = [
	checkNodesPanel,
	checkCredentials,
	checkPickers,
	checkErrorViews,
	checkRuns,
	checkPublishing,
	checkPanels,
];

async function main(): Promise<void> {
	const chosen = chosenChecks(checks);
	const report = new Report();
	const instance = await openInstance();
	const sandbox = await startSandbox({ seed: 1, channels: 130, settings: { groupSync: true } });
	const editor = await Editor.open(instance.n8n.url, instance.login);
	try {
		const create = async (type: string, data: IDataObject) => ({
			id: await instance.rest.createCredential({ name: type, type, data }),
			name: type,
		});
		const { url: baseUrl, subjectId, refreshToken, scimUrl, scimToken } = sandbox;
		const token = { authentication: 'applicationToken', subjectId, refreshToken };
		const context: EditorContext = {
			...{ report, instance, editor, sandbox },
			credentials: {
				appspaceApi: await create('appspaceApi', { baseUrl, ...token }),
				appspaceScimApi: await create('appspaceScimApi', { baseUrl: scimUrl, scimToken }),
			},
		};
		for (const check of chosen) {
			const start = Date.now();
			// A check that cannot even start counts as failed; the others still run.
			await check(context).catch(async (error: unknown) => {
				await report.check(`${check.name} ran to the end`, () => {
					throw error;
				});
			});
			report.note(`${Math.round((Date.now() - start) / 1_000)} s`);
		}
	} finally {
		await editor.close();
		await instance.close();
		await sandbox.close();
	}
	if (!report.finish()) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
