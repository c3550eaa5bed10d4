import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { addUser } from '../../support/tenantLife.mts';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, titled } from './parameters.mts';
import { runOpen } from './runs.mts';

/** How long a published trigger, which polls each second, takes to start an execution, in milliseconds. */
const PATIENCE = 60_000;

/** A trigger fetches test events; once the workflow is published in the editor, its executions appear there. */
export async function checkPublishing(context: EditorContext): Promise<void> {
	const { report, editor, instance, sandbox } = context;
	const { page } = editor;
	report.section('From a test event to an execution');
	const node = titled(allPanels(context), 'Trigger: User Created').node();
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'New users', nodes: [node], connections: {} },
	});
	await report.check('the trigger fetches test events', async () => {
		await openPanel(editor, workflow.id, node);
		await runOpen(editor);
		const output = page.getByTestId('output-panel');
		ok((await output.locator('table tbody tr').count()) > 0);
		const heads = await output.locator('table th').allInnerTexts();
		ok(heads.some((head) => head.trim() === 'trigger'));
		deepEqual(await editor.takeFindings(), []);
	});
	await report.check('Publish says that the workflow is published', async () => {
		await editor.openWorkflow(workflow.id);
		await page.getByTestId('workflow-open-publish-modal-button').click();
		const dialog = page.getByTestId('workflowPublish-modal');
		await dialog.getByTestId('workflow-publish-button').click();
		await dialog.waitFor({ state: 'hidden' });
		const news = page.getByTestId('activation-modal');
		match(await news.innerText(), /will now regularly check Appspace/);
		await news.getByText('Got it', { exact: true }).click();
		await news.waitFor({ state: 'hidden' });
		await instance.rest.isActivated(workflow.id);
		deepEqual(await editor.takeFindings(), []);
	});
	await report.check('what happens in Appspace appears as an execution', async () => {
		const { id } = addUser(sandbox);
		await page.getByTestId('radio-button-executions').click();
		// Below it is the test.
		const executions = page.locator('[data-test-id^=execution-details-]');
		await executions.nth(1).waitFor({ timeout: PATIENCE });
		equal(await executions.count(), 2);
		const [latest] = await instance.rest.executionsOf(workflow.id);
		await page.getByTestId(`execution-details-${latest!.id}`).waitFor();
		ok(JSON.stringify(await instance.rest.execution(latest!.id)).includes(id));
		deepEqual(await editor.takeFindings(), []);
	});
}
