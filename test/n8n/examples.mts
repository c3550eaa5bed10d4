import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowBody } from './rest.mts';
import { credentialTypeFor, type CredentialReference } from './workflow.mts';

/** The example workflows of the package or of another folder, ready to import, with a credential in every Appspace node. */
export async function readExamples(
	credential: CredentialReference,
	scimCredential: CredentialReference,
	folder = 'examples',
): Promise<WorkflowBody[]> {
	const credentialsFor = (resource: unknown) => {
		const type = credentialTypeFor(resource);
		return { [type]: type === 'appspaceScimApi' ? scimCredential : credential };
	};
	const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => {
			const example = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowBody;
			const nodes = example.nodes.map((node) =>
				node.type.startsWith('n8n-nodes-appspace.')
					? { ...node, credentials: credentialsFor(node.parameters.resource) }
					: node,
			);
			const { name, connections, pinData, settings } = example;
			return { name, nodes, connections, pinData, settings };
		}),
	);
}

/** Whether a trigger starts an example, such as an event in Appspace, and nobody has to run it. */
export function startsByItself({ nodes }: Pick<WorkflowBody, 'nodes'>): boolean {
	return nodes.every(({ type }) => type !== 'n8n-nodes-base.manualTrigger');
}

/** Whether an example asks somebody and waits for the answer. */
export function waitsForSomebody({ nodes }: Pick<WorkflowBody, 'nodes'>): boolean {
	return nodes.some(({ parameters }) => parameters.operation === 'sendAndWait');
}

/** The name of the node that starts a workflow manually. */
export function manualTriggerOf({ name, nodes }: WorkflowBody): string {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!trigger) throw new Error(`The workflow "${name}" has no manual trigger.`);
	return trigger.name;
}
