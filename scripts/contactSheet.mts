import type { IDataObject } from 'n8n-workflow';
import { resources } from '../nodes/Appspace/resources/resources.ts';
import type { Operation, Resource } from '../nodes/Appspace/runtime/operation.ts';
import { startSandbox } from '../sandbox/server.mts';
import { Editor } from '../test/n8n/browser.mts';
import { openInstance } from '../test/n8n/instance.mts';
import { appspaceNode, credentialTypeFor, workflowOf } from '../test/n8n/workflow.mts';

const PANEL = { width: 1_000, height: 900 };

/**
 * Takes one picture of each resource's panel in the real n8n editor, for review on one sheet. Shows the
 * operation with the most parameters. Needs Chromium.
 */
export async function takeContactSheet(file: string): Promise<void> {
	const instance = await openInstance();
	const sandbox = await startSandbox({ seed: 1 });
	const editor = await Editor.open(instance.n8n.url, instance.login);
	try {
		const { url, subjectId, refreshToken, scimUrl, scimToken } = sandbox;
		const create = async (type: string, name: string, data: IDataObject) => ({
			id: await instance.rest.createCredential({ name, type, data }),
			name,
		});
		const authentication = 'applicationToken';
		const credentials = {
			appspaceApi: await create('appspaceApi', 'Appspace', {
				...{ baseUrl: url, authentication, subjectId, refreshToken },
			}),
			appspaceScimApi: await create('appspaceScimApi', 'Appspace SCIM', {
				...{ baseUrl: scimUrl, scimToken },
			}),
		};
		await editor.resize(PANEL.width, PANEL.height);
		const pictures: Picture[] = [];
		for (const resource of resources) {
			const { value: operation, name: shown } = fullest(resource);
			const credential = credentials[credentialTypeFor(resource.value)];
			const node = appspaceNode({ resource: resource.value, operation }, credential);
			const workflow = await instance.rest.createWorkflow(workflowOf(node));
			await editor.openWorkflow(workflow.id);
			await editor.openNode(node.name);
			const image = await editor.pictureOfParameters();
			pictures.push({ title: `${resource.name}: ${shown}`, image });
			console.log(pictures.at(-1)?.title);
		}
		await editor.screenshotOf(sheet(pictures), file);
		console.log(`The sheet is in ${file}.`);
	} finally {
		await editor.close();
		await instance.close();
		await sandbox.close();
	}
}

interface Picture {
	title: string;
	image: Buffer;
}

function fullest({ operations }: Resource): Operation {
	const fields = ({ fields = [] }: Operation) => fields.length;
	return operations.reduce((most, one) => (fields(one) > fields(most) ? one : most));
}

function sheet(pictures: Picture[]): string {
	const figures = pictures.map(
		({ title, image }) =>
			`<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${image.toString('base64')}"></figure>`,
	);
	return `<style>
		body { font: 15px sans-serif; margin: 12px; display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px }
		figure { margin: 0 } figcaption { padding: 4px 0; font-weight: bold } img { width: 100%; border: 1px solid #ccc }
	</style>${figures.join('')}`;
}
