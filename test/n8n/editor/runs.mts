import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { INode } from 'n8n-workflow';
import type { Editor } from '../browser.mts';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, titled } from './parameters.mts';

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
	await checkErrorOutput(context);
	await checkTool(context);
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

/** A node that goes on with its error output shows what failed there, and nothing as a success. */
async function checkErrorOutput({
	report,
	editor,
	instance,
	...rest
}: EditorContext): Promise<void> {
	const { page } = editor;
	const channelId = { __rl: true, mode: 'id', value: '8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60' };
	const node = { ...titled(allPanels(rest), 'Channel: Get').node({ channelId }) };
	node.onError = 'continueErrorOutput';
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'Error output', nodes: [node], connections: {} },
	});
	await report.check('the error output has the item that failed', async () => {
		await openPanel(editor, workflow.id, node);
		await page.getByTestId('node-execute-button').click();
		const output = page.getByTestId('output-panel');
		await output.getByText('No output data in this branch').waitFor();
		await output.getByText('Error Branch (1 item)').click();
		const row = output.locator('table tbody tr');
		await row.first().waitFor();
		match(await row.first().innerText(), /was not found/);
		equal(await row.count(), 1);
		deepEqual(await editor.takeFindings(), []);
	});
}

/** Runs the node in the open panel, whose output is a table from the start. */
export async function runOpen({ page }: Editor): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').locator('table tbody tr').first().waitFor();
}
