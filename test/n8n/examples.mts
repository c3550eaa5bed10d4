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

/** Nodes from which the editor's button starts a workflow. */
const STARTS = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

/** The names of the nodes from which a workflow runs by hand or by schedule; there may be several. */
export function startsOf({ nodes }: Pick<WorkflowBody, 'nodes'>): string[] {
	return nodes.filter(({ type }) => STARTS.includes(type)).map(({ name }) => name);
}

/** Whether something outside n8n starts an example: an event in Appspace, a call, or a form. */
export function isStartedFromOutside(example: Pick<WorkflowBody, 'nodes'>): boolean {
	return startsOf(example).length === 0;
}

/** Whether an example asks somebody and waits for the answer. */
export function waitsForSomebody({ nodes }: Pick<WorkflowBody, 'nodes'>): boolean {
	return nodes.some(({ parameters }) => parameters.operation === 'sendAndWait');
}

/**
 * The name of the node that starts a workflow.
 * @throws Error if nothing starts it by hand
 */
export function startOf(example: WorkflowBody): string {
	const [start] = startsOf(example);
	if (start === undefined) throw new Error(`Nobody can start "${example.name}" by hand.`);
	return start;
}
