import { deepEqual, match } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Editor } from '../browser.mts';
import { freePort } from '../n8n.mts';
import type { EditorContext } from './editorContext.mts';

/** Creates credentials in the editor, saves and tests them, and reads what the dialog says. */
export async function checkCredentials({ report, editor, sandbox }: EditorContext): Promise<void> {
	report.section('The dialog of a credential');
	const { url, subjectId, refreshToken, scimUrl, scimToken } = sandbox;
	const keyed = await startSandbox({ settings: { apiKeyPlacement: { kind: 'bearer' } } });
	const right = { baseUrl: url, subjectId, refreshToken };
	const key = { baseUrl: keyed.url, authentication: 'API Key', apiKey: keyed.apiKey };
	const wrongHost = `http://127.0.0.1:${await freePort()}`;
	const [api, scim] = ['Appspace API', 'Appspace SCIM API'];
	const rows: Array<[title: string, type: string, values: Record<string, string>, says?: RegExp]> =
		[
			['an application token', api, right],
			[
				'a wrong RefreshToken',
				api,
				{ ...right, refreshToken: 'wrong' },
				/refuses the SubjectId and RefreshToken/,
			],
			['a wrong host', api, { ...right, baseUrl: wrongHost }, /No connection to the host/],
			['an API key', api, key],
			['a wrong API key', api, { ...key, apiKey: 'wrong' }, /any of the ways that were tried/],
			['SCIM', scim, { baseUrl: scimUrl, scimToken }],
			['a wrong SCIM token', scim, { baseUrl: scimUrl, scimToken: 'wrong' }, /token/i],
		];
	for (const [title, type, values, says] of rows) {
		await report.check(`${title}: ${says ? 'says what is wrong' : 'connects'}`, async () => {
			const dialog = await openNew(editor, type);
			for (const [name, value] of Object.entries(values)) await enter(dialog, name, value);
			await dialog.getByTestId('credential-save-button').click();
			const good = dialog.getByTestId('credentials-config-container-test-success');
			const bad = dialog.getByText(/^Couldn.t connect with these settings/);
			await good.or(bad).first().waitFor();
			if (says) {
				await dialog.getByText('More details', { exact: true }).click();
				match(await dialog.innerText(), says);
			} else {
				await good.waitFor();
			}
			deepEqual(await editor.takeFindings(), []);
		});
	}
	await keyed.close();
}

async function openNew({ page, url }: Editor, type: string): Promise<Locator> {
	await page.goto(`${url}/home/credentials/create`);
	await page.getByTestId('new-credential-type-select').locator('input').fill(type);
	await optionOf(page, type).click();
	await page.getByTestId('new-credential-type-button').click();
	const dialog = page.getByTestId('editCredential-modal');
	await dialog.getByTestId('credential-save-button').waitFor();
	return dialog;
}

function optionOf(page: Page, name: string): Locator {
	return page
		.getByTestId('new-credential-type-select-option')
		.filter({ has: page.getByText(name, { exact: true }) })
		.first();
}

/** Types a value, or chooses the option of that name. */
async function enter(dialog: Locator, name: string, value: string): Promise<void> {
	const field = dialog.getByTestId(`parameter-input-${name}`);
	if (name !== 'authentication') return await field.locator('input').fill(value);
	await field.click();
	await dialog.page().getByRole('option').filter({ hasText: value }).click();
}
