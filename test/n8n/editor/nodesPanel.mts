import { deepEqual, equal, ok } from 'node:assert/strict';
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
	await editor.openNodesPanel();
	for (const phrase of PHRASES) {
		await report.check(`"${phrase}" finds Appspace`, async () => {
			equal(await editor.findsNode('Appspace', phrase), true);
		});
	}
	await report.check('nonsense does not', async () => {
		equal(await editor.findsNode('Appspace', 'qqxxzzy'), false);
	});
	await report.check('Appspace shows triggers and actions, without marks', async () => {
		const names = await editor.actionsOf('Appspace');
		ok(names.includes('On device offline'), names.join(', '));
		ok(names.includes('Get many channels'), names.join(', '));
		deepEqual(
			names.filter((name) => /confirmed|undefined/i.test(name)),
			[],
		);
	});
	await report.check('no message in the console, and no request elsewhere', () => {
		deepEqual(editor.takeFindings(), []);
	});
}
