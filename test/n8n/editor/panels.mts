import { deepEqual, ok } from 'node:assert/strict';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { requiredTooLate } from '../../support/requiredFirst.mts';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, shownParameters } from './parameters.mts';

/** Opens each operation and each event once, and looks at what a user sees. */
export async function checkPanels(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	report.section('Every operation and every event in the editor');
	const panels = allPanels(context).map((panel) => ({ ...panel, node: panel.node() }));
	const workflow = await instance.rest.createWorkflow({
		name: 'Every operation and event',
		nodes: panels.map(({ node }) => node),
		connections: {},
	});
	for (const { title, node, shown, fields } of panels) {
		await report.check(title, async () => {
			await openPanel(editor, workflow.id, node);
			const { names, values } = await shownParameters(editor);
			for (const text of shown)
				ok(values.includes(text), `"${text}" is not among ${values.join(', ')}`);
			const raw = values.filter((value) => isRaw(value, fields));
			deepEqual(raw, [], 'A value is shown as the workflow stores it');
			checkRequired(names, fields);
			deepEqual(await editor.takeFindings(), []);
		});
	}
}

/** Required fields are shown, and before the others. */
function checkRequired(shown: string[], fields: INodeProperties[]): void {
	const always = fields.filter(({ required, displayOptions }) => required && !displayOptions);
	const missing = always.filter(({ name }) => !shown.includes(name));
	deepEqual(
		missing.map(({ name }) => name),
		[],
		'A required field is not to be seen',
	);
	// Other labels are those of n8n's own settings.
	const own = shown.flatMap((name) => {
		const field = fields.find((one) => one.name === name);
		return field ? [field] : [];
	});
	deepEqual(requiredTooLate(own), [], 'A required field is below an optional one');
}

/** Whether a list shows the value of an option instead of its name. */
function isRaw(shown: string, fields: INodeProperties[]): boolean {
	const options = fields
		.filter(({ type }) => type === 'options' || type === 'multiOptions')
		.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
	return options.some(({ name, value }) => value === shown && name !== shown);
}
