import { deepEqual, ok } from 'node:assert/strict';
import type { INode, INodeProperties } from 'n8n-workflow';
import { resources } from '../../../nodes/Appspace/resources/resources.ts';
import { fieldsOf } from '../../../nodes/Appspace/runtime/properties.ts';
import { events } from '../../../nodes/AppspaceTrigger/events/events.ts';
import { appspaceNode, credentialTypeFor } from '../workflow.mts';
import type { EditorContext } from './editorContext.mts';

interface Panel {
	title: string;
	node: INode;
	/** What the lists at the top have to show. */
	shown: string[];
	fields: INodeProperties[];
}

/** Opens each operation and each event once, and looks at what a user sees. */
export async function checkPanels(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	report.section('Every operation and every event in the editor');
	const panels = [...operationPanels(context), ...eventPanels(context)];
	const nodes = panels.map(({ node }) => node);
	const name = 'Every operation and event';
	const workflow = await instance.rest.createWorkflow({ name, nodes, connections: {} });
	editor.takeFindings();
	for (const { title, node, shown, fields } of panels) {
		await report.check(title, async () => {
			await editor.openNodeById(workflow.id, node.id);
			const { labels, values } = await editor.shownParameters();
			for (const text of shown)
				ok(values.includes(text), `"${text}" is not among ${values.join(', ')}`);
			const raw = values.filter((value) => isRaw(value, fields));
			deepEqual(raw, [], 'A value is shown as the workflow stores it');
			const required = fields.filter((field) => field.required && !field.displayOptions);
			const missing = required.filter(({ displayName }) => !labels.join(' ').includes(displayName));
			deepEqual(
				missing.map(({ name }) => name),
				[],
				'A required field is not to be seen',
			);
			deepEqual(editor.takeFindings(), []);
		});
	}
}

/** Whether a list shows the value of an option instead of its name. */
function isRaw(shown: string, fields: INodeProperties[]): boolean {
	const options = fields
		.filter(({ type }) => type === 'options' || type === 'multiOptions')
		.flatMap(({ options = [] }) => options as Array<{ name: string; value: unknown }>);
	return options.some(({ name, value }) => value === shown && name !== shown);
}

function operationPanels({ credentials }: EditorContext): Panel[] {
	return resources.flatMap((resource) =>
		resource.operations.map((operation): Panel => {
			const title = `${resource.name}: ${operation.name}`;
			const credential = credentials[credentialTypeFor(resource.value)];
			const node = appspaceNode(
				{ resource: resource.value, operation: operation.value },
				credential,
			);
			return {
				...{ title, shown: [resource.name, operation.name], fields: fieldsOf(operation) },
				node: { ...node, id: crypto.randomUUID(), name: title },
			};
		}),
	);
}

function eventPanels({ credentials }: EditorContext): Panel[] {
	return events.map((event): Panel => {
		const title = `Trigger: ${event.name}`;
		const node: INode = {
			...{ id: crypto.randomUUID(), name: title, typeVersion: 1, position: [0, 0] },
			type: 'n8n-nodes-appspace.appspaceTrigger',
			parameters: { event: event.value },
			credentials: { appspaceApi: credentials.appspaceApi },
		};
		return { title, node, shown: [event.name], fields: event.fields ?? [] };
	});
}
