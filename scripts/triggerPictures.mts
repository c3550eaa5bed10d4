import { join } from 'node:path';

import type { Editor } from '../test/n8n/browser.mts';
import { readExamples } from '../test/n8n/examples.mts';
import type { N8nRest } from '../test/n8n/rest.mts';
import type { CredentialReference } from '../test/n8n/workflow.mts';

const EXAMPLE = 'Appspace: message about an offline device';

/** Takes the pictures of the trigger: what the panel of nodes offers, and a test event. */
export async function takeTriggerPictures(
	folder: string,
	editor: Editor,
	rest: N8nRest,
	credential: CredentialReference,
): Promise<void> {
	const empty = await rest.createWorkflow({ name: 'My workflow', nodes: [], connections: {} });
	await editor.resize(1280, 860);
	await editor.openNodeCreator(empty.id, 'Appspace');
	await editor.screenshot(join(folder, 'trigger-panel.png'));

	const examples = await readExamples(credential, credential);
	const example = examples.find(({ name }) => name === EXAMPLE);
	if (!example) throw new Error(`There is no example "${EXAMPLE}".`);
	const workflow = await rest.createWorkflow(example);
	await editor.resize(1360, 900);
	await editor.openWorkflow(workflow.id);
	const panel = await editor.openNode('Device Offline');
	await editor.widenOutput(430);
	await editor.fetchTestEvent();
	await editor.screenshot(join(folder, 'trigger.png'), panel);
}
