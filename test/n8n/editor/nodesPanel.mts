import { deepEqual, match, ok } from 'node:assert/strict';
import type { Page } from 'playwright-core';
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
			await findNode(editor, 'Appspace', phrase);
		});
	}
	await report.check('nonsense does not', async () => {
		await findNothing(editor.page, 'qqxxzzy');
	});
	for (const theme of ['light', 'dark'] as const) {
		await report.check(`the icon is the one for the ${theme} theme`, async () => {
			await editor.page.emulateMedia({ colorScheme: theme });
			await findNode(editor, 'Appspace', 'appspace');
			const file = theme === 'dark' ? /appspace\.dark\.svg$/ : /appspace\.svg$/;
			match(await loadedIcon(editor, 'Appspace'), file);
		});
	}
	await editor.page.emulateMedia({ colorScheme: 'light' });
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

/** Searches the list of nodes for a phrase; resolves once it shows the node with this name. */
async function findNode({ page }: Editor, name: string, phrase: string): Promise<void> {
	const panel = page.getByTestId('node-creator');
	await findNothing(page, 'qqxxzz');
	await panel.locator('input').fill(phrase);
	const names = panel.getByTestId('node-creator-item-name');
	await names.getByText(name, { exact: true }).first().waitFor();
}

/** Resolves once the list of nodes says that nothing fits. */
async function findNothing(page: Page, phrase: string): Promise<void> {
	const panel = page.getByTestId('node-creator');
	await panel.locator('input').fill(phrase);
	await panel.getByTestId('node-creator-no-results').waitFor();
}

/** The address of the icon that the list of nodes shows beside a name, once the browser has loaded it. */
async function loadedIcon({ page }: Editor, name: string): Promise<string> {
	const entry = page.getByTestId('node-creator-item-name').filter({ hasText: name }).first();
	const icon = page.getByTestId('item-iterator-item').filter({ has: entry }).locator('img').first();
	await icon.waitFor();
	return await icon.evaluate(async (element) => {
		const image = element as HTMLImageElement;
		// Throws if the file is not an image.
		await image.decode();
		return image.src;
	});
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
