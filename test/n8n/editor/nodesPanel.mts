import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Editor } from '../browser.mts';
import type { EditorContext } from './editorContext.mts';

/** What people type when they look for something that Appspace does. */
const PHRASES = [
	...['appspace', 'desk booking', 'book a desk', 'hot desk', 'meeting room', 'book a room'],
	...['digital signage', 'signage', 'screen', 'device offline', 'intranet', 'new user'],
	...['provision user', 'user provisioning', 'onboarding', 'offboarding', 'visitor'],
	...['visitor management', 'no-show', 'workplace', 'reservation', 'playlist', 'SCIM'],
];

/** The list of nodes finds the package by the words that people type, and shows its triggers and actions. */
export async function checkNodesPanel({ report, editor }: EditorContext): Promise<void> {
	report.section('The list of nodes');
	await openNodesPanel(editor);
	for (const phrase of PHRASES) {
		await report.check(`"${phrase}" finds Appspace`, async () => {
			equal(await findsNode(editor, 'Appspace', phrase), true);
		});
	}
	await report.check('nonsense does not', async () => {
		equal(await findsNode(editor, 'Appspace', 'qqxxzzy'), false);
	});
	await report.check('Appspace shows triggers and actions, without marks', async () => {
		const names = await actionsOf(editor, 'Appspace');
		ok(names.includes('On device offline'), names.join(', '));
		ok(names.includes('Get many channels'), names.join(', '));
		deepEqual(
			names.filter((name) => /confirmed|undefined/i.test(name)),
			[],
		);
	});
	await report.check('no message in the console, and no request elsewhere', async () => {
		deepEqual(await editor.takeFindings(), []);
	});
}

/** Opens an empty workflow and the list of nodes. */
async function openNodesPanel({ page, url }: Editor): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.getByTestId('node-creator-plus-button').click();
	await page.getByTestId('node-creator-search-bar').waitFor();
}

/** Whether the list of nodes finds this node by what somebody types. */
async function findsNode({ page }: Editor, name: string, phrase: string): Promise<boolean> {
	const panel = page.getByTestId('node-creator');
	const found = panel
		.getByTestId('node-creator-item-name')
		.getByText(name, { exact: true })
		.first();
	// What an earlier search found must be gone first.
	await panel.locator('input').fill('qqxxzz');
	await found.waitFor({ state: 'hidden' });
	await panel.locator('input').fill(phrase);
	// n8n says so when it finds nothing.
	await found.or(panel.getByTestId('node-creator-no-results')).first().waitFor();
	return await found.isVisible();
}

/** The triggers and actions that the list shows for a node. */
async function actionsOf({ page }: Editor, node: string): Promise<string[]> {
	const panel = page.getByTestId('node-creator');
	await panel.locator('input').fill(node);
	await panel.getByText(node, { exact: true }).first().click();
	const actions = panel.getByText(/^Actions \(/);
	await actions.waitFor();
	const triggers = await panel.innerText();
	// Only the triggers are open.
	await actions.click();
	await panel.getByText('Get many channels', { exact: true }).waitFor();
	return `${triggers}\n${await panel.innerText()}`.split('\n').map((line) => line.trim());
}
