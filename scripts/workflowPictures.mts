/**
 * `npm run pictures:workflows`: takes a picture of the canvas of each example workflow, in the real n8n
 * editor. Needs Chromium. `-- <name>` takes those whose file has this in its name.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Editor } from '../test/n8n/browser.mts';
import { readExamples } from '../test/n8n/examples.mts';
import { openInstance } from '../test/n8n/instance.mts';
import type { WorkflowBody } from '../test/n8n/rest.mts';
import type { CredentialReference } from '../test/n8n/workflow.mts';
import { withPalette } from './palettePng.mts';

const FOLDER = 'docs/pictures/workflows';
const ZOOM = 0.6;
const BESIDE_THE_CANVAS = 120;

async function main(): Promise<void> {
	const wanted = process.argv[2] ?? '';
	await mkdir(FOLDER, { recursive: true });
	const instance = await openInstance();
	try {
		const create = async (type: string) => {
			const id = await instance.rest.createCredential({ name: 'Appspace', type, data: {} });
			return { id, name: 'Appspace' };
		};
		const examples = await readExamples(
			await create('appspaceApi'),
			await create('appspaceScimApi'),
		);
		const smtp = await create('smtp');
		const files = (await readdir('examples')).filter((name) => name.endsWith('.json')).sort();
		const editor = await Editor.open(instance.n8n.url, instance.login);
		try {
			for (const [index, example] of examples.entries()) {
				const name = files[index]!.replace('.json', '.png');
				if (!name.includes(wanted)) continue;
				const { id } = await instance.rest.createWorkflow(withMail(example, smtp));
				await editor.resize(...windowFor(example));
				await editor.openWorkflow(id);
				const picture = withPalette(await editor.pictureOfCanvas());
				await writeFile(join(FOLDER, name), picture);
				console.log(`${name}: ${(picture.length / 1000).toFixed(0)} KB`);
			}
		} finally {
			await editor.close();
		}
	} finally {
		await instance.close();
	}
}

/** The workflow with a mail account, so that the editor does not mark it as missing. */
function withMail(example: WorkflowBody, smtp: CredentialReference): WorkflowBody {
	const nodes = example.nodes.map((node) =>
		node.type === 'n8n-nodes-base.emailSend' ? { ...node, credentials: { smtp } } : node,
	);
	return { ...example, nodes };
}

/** A window in which the editor shows all workflows in about the same size. */
function windowFor({ nodes }: WorkflowBody): [width: number, height: number] {
	const lefts = nodes.map(({ position: [x] }) => x);
	const width = Math.max(...lefts) - Math.min(...lefts) + 200;
	return [Math.round(width * ZOOM) + BESIDE_THE_CANVAS, 640];
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
