import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { INode } from 'n8n-workflow';
import type { Editor } from '../browser.mts';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, type Panel } from './parameters.mts';

/** What users do with a node: preview its output, run it, pin its data, branch on errors, use it as a tool. */
export async function checkRuns(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	const { page } = editor;
	report.section('Running nodes');
	const panels = allPanels(context);
	const list = titled(panels, 'Channel: Get Many').node();
	const after = { ...titled(panels, 'Channel: Get').node(), position: [440, 0] } as INode;
	const workflow = await instance.rest.createWorkflow({
		name: 'Runs',
		nodes: [list, after],
		connections: { [list.name]: { main: [[{ node: after.name, type: 'main', index: 0 }]] } },
	});
	await report.check('the next node sees the output before the first run', async () => {
		await openPanel(editor, workflow.id, after);
		const input = page.getByTestId('ndv-input-panel');
		await input.getByTestId('schema-preview-warning').waitFor();
		match(await input.innerText(), /\bname\b/);
		deepEqual(await editor.takeFindings(), []);
	});
	await report.check('a run shows its records as a table', async () => {
		await openPanel(editor, workflow.id, list);
		await runOpen(editor);
		const heads = await page.getByTestId('output-panel').locator('table th').allInnerTexts();
		ok(heads.some((head) => head.trim() === 'id') && heads.some((head) => head.trim() === 'name'));
		deepEqual(await editor.takeFindings(), []);
	});
	await report.check('pinned data stays, and the node asks Appspace no more', async () => {
		await page.getByTestId('ndv-pin-data').click();
		await page.getByTestId('ndv-pinned-data-callout').waitFor();
		deepEqual(await editor.takeFindings(), []);
	});
	await checkTool(context);
	await checkTrigger(context);
}

/** The tool of an AI agent lets the model fill in a parameter. */
async function checkTool({ report, editor, instance, ...rest }: EditorContext): Promise<void> {
	const panels = allPanels(rest);
	const tool = titled(panels, 'Channel: Get').node();
	tool.type += 'Tool';
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'Tool', nodes: [tool], connections: {} },
	});
	await report.check('the model may fill in a parameter of the tool', async () => {
		await openPanel(editor, workflow.id, tool);
		await editor.page.getByTestId('from-ai-override-button').first().click();
		await editor.page.getByTestId('fromAI-override-field').waitFor();
		deepEqual(await editor.takeFindings(), []);
	});
}

/** A trigger shows a test event, and its executions appear once the workflow is published. */
async function checkTrigger({ report, editor, instance, ...rest }: EditorContext): Promise<void> {
	const { page } = editor;
	const node = titled(allPanels(rest), 'Trigger: Channel Created').node();
	const body = { name: 'Trigger', nodes: [node], connections: {} };
	const workflow = await instance.rest.createWorkflow(body);
	await report.check('the trigger fetches a test event', async () => {
		await openPanel(editor, workflow.id, node);
		await runOpen(editor);
		equal(await page.getByTestId('output-panel').locator('table tbody tr').count(), 1);
		deepEqual(await editor.takeFindings(), []);
	});
}

/** Runs the node in the open panel, whose output is a table from the start. */
async function runOpen({ page }: Editor): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').locator('table tbody tr').first().waitFor();
}

function titled(panels: Panel[], title: string): Panel {
	const panel = panels.find((one) => one.title === title);
	if (!panel) throw new Error(`There is no panel "${title}".`);
	return panel;
}
