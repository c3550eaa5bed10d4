import { join } from 'node:path';

import { startSandbox } from '../sandbox/server.mts';
import type { Editor } from '../test/n8n/browser.mts';
import type { N8nRest } from '../test/n8n/rest.mts';
import { appspaceNode, workflowOf } from '../test/n8n/workflow.mts';
import { makeHrList } from '../test/support/hrList.mts';

/** Takes the picture of a preview of Synchronize, for so few users that each kind of change is on it. */
export async function takeSynchronizePicture(
	folder: string,
	editor: Editor,
	rest: N8nRest,
	seed: number,
): Promise<void> {
	const sandbox = await startSandbox({ seed, users: 12 });
	try {
		const [back, moved, ...others] = makeHrList(sandbox).rows;
		const rows = [back!, others.pop()!, moved!, ...others];
		const { scimUrl: baseUrl, scimToken } = sandbox;
		const name = 'Appspace SCIM';
		const type = 'appspaceScimApi';
		const id = await rest.createCredential({ name, type, data: { baseUrl, scimToken } });
		const parameters = {
			...{ resource: 'scimUser', operation: 'synchronize', scope: 'all' },
			userName: '={{ $json.email }}',
			additionalFields: {
				givenName: '={{ $json.firstName }}',
				familyName: '={{ $json.lastName }}',
				department: '={{ $json.department }}',
			},
		};
		const node = appspaceNode(parameters, { id, name });
		const workflow = await rest.createWorkflow(workflowOf(node, rows));
		await editor.resize(1360, 900);
		await editor.openWorkflow(workflow.id);
		const panel = await editor.openNode(node.name);
		await editor.widenOutput(230);
		await editor.executeOpenNode();
		await editor.screenshot(join(folder, 'synchronize.png'), panel);
	} finally {
		await sandbox.close();
	}
}
