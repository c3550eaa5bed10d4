import { deepEqual, ok } from 'node:assert/strict';
import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../../nodes/Appspace/resources/resources.ts';
import { fieldsOf } from '../../../nodes/Appspace/runtime/properties.ts';
import { appspaceNode, credentialTypeFor, workflowOf } from '../workflow.mts';
import type { EditorContext } from './editorContext.mts';

/** Opens one list of each kind; all of them offer something at this tenant. */
export async function checkPickers({
	report,
	editor,
	instance,
	credentials,
}: EditorContext): Promise<void> {
	report.section('Every list to choose from');
	const seen = new Set<string>();
	for (const resource of resources) {
		for (const operation of resource.operations) {
			for (const field of fieldsOf(operation)) {
				const method = methodOf(field);
				// A list below another parameter needs that one first.
				if (method === undefined || field.displayOptions || seen.has(method)) continue;
				seen.add(method);
				await report.check(`${resource.name}, ${field.displayName}: ${method}`, async () => {
					const credential = credentials[credentialTypeFor(resource.value)];
					const parameters = { resource: resource.value, operation: operation.value };
					const node = { ...appspaceNode(parameters, credential), id: crypto.randomUUID() };
					const workflow = await instance.rest.createWorkflow(workflowOf(node));
					await editor.openNodeById(workflow.id, node.id);
					ok((await editor.entriesOf(field.name)) > 0);
				});
			}
		}
	}
	await report.check('no message in the console, and no request elsewhere', () => {
		deepEqual(editor.takeFindings(), []);
	});
}

function methodOf({ modes }: INodeProperties): string | undefined {
	return modes?.find(({ type }) => type === 'list')?.typeOptions?.searchListMethod;
}
