import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startSandbox } from '../sandbox/server.mts';
import { Editor } from '../test/n8n/browser.mts';
import { openInstance } from '../test/n8n/instance.mts';
import { appspaceNode, workflowOf } from '../test/n8n/workflow.mts';
import { takeSynchronizePicture } from './synchronizePicture.mts';
import { takeTriggerPictures } from './triggerPictures.mts';

/** Always the same tenant, so that pictures change only when the node does. */
const seed = 1;

/**
 * Takes the pictures for the documents in the real n8n editor. Needs Chromium. The tenant is a sandbox,
 * so the pictures show no real data.
 */
export async function takePictures(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	const instance = await openInstance();
	const sandbox = await startSandbox({ port: 4010, seed, channels: 24 });
	try {
		const { url, subjectId, refreshToken } = sandbox;
		const name = 'Appspace';
		const id = await instance.rest.createCredential({
			name,
			type: 'appspaceApi',
			data: { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken },
		});
		const node = appspaceNode({ resource: 'channel', operation: 'getAll' }, { id, name });
		const workflow = await instance.rest.createWorkflow(workflowOf(node));
		const call = appspaceNode(
			{ resource: 'apiCall', operation: 'callEndpoint', returnAll: true },
			{ id, name },
		);
		const endpoint = await instance.rest.createWorkflow(workflowOf(call));

		const editor = await Editor.open(instance.n8n.url, instance.login);
		try {
			await editor.openWorkflow(workflow.id);
			const panel = await editor.openNode(node.name);
			await editor.widenOutput(230);
			await editor.executeOpenNode();
			await editor.screenshot(join(folder, 'node.png'), panel);

			await editor.resize(1360, 900);
			await editor.openWorkflow(endpoint.id);
			const open = await editor.openNode(call.name);
			await editor.widenOutput(230);
			await editor.pick('service', 'reservation');
			await editor.pick('endpoint', 'GET /reservation/events');
			await editor.addMappedField('query.startAt', 'startAt (query)', '2020-01-01T00:00:00');
			await editor.addMappedField('query.sort', 'sort (query)', 'startAt');
			await editor.executeOpenNode();
			await editor.screenshot(join(folder, 'tenant-endpoint.png'), open);

			await takeTriggerPictures(folder, editor, instance.rest, { id, name });
			await takeSynchronizePicture(folder, editor, instance.rest, seed);

			await editor.resize(1200, 906);
			const dialog = await editor.openCredential(id);
			await editor.screenshot(join(folder, 'credential.png'), dialog);
		} finally {
			await editor.close();
		}
		console.log(`The pictures are in ${folder}.`);
	} finally {
		await instance.close();
		await sandbox.close();
	}
}
