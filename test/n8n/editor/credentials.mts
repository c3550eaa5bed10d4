import { deepEqual, match } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Editor } from '../browser.mts';
import { freePort } from '../n8n.mts';
import type { EditorContext } from './editorContext.mts';

/** Creates credentials in the editor, saves and tests them, and reads what the dialog says. */
export async function checkCredentials({ report, editor, sandbox }: EditorContext): Promise<void> {
	report.section('The dialog of a credential');
	const { url, subjectId, refreshToken, scimUrl, scimToken } = sandbox;
	const right = { baseUrl: url, subjectId, refreshToken };
	const wrongHost = `http://127.0.0.1:${await freePort()}`;
	const rows: Array<[title: string, type: string, values: Record<string, string>, says?: RegExp]> =
		[
			['an application token', 'Appspace API', right],
			[
				'a wrong RefreshToken',
				'Appspace API',
				{ ...right, refreshToken: 'wrong' },
				/refuses the SubjectId and RefreshToken/,
			],
			[
				'a wrong host',
				'Appspace API',
				{ ...right, baseUrl: wrongHost },
				/No connection to the host/,
			],
			['SCIM', 'Appspace SCIM API', { baseUrl: scimUrl, scimToken }],
			[
				'a wrong SCIM token',
				'Appspace SCIM API',
				{ baseUrl: scimUrl, scimToken: 'wrong' },
				/token/i,
			],
		];
	for (const [title, type, values, says] of rows) {
		await report.check(`${title}: ${says ? 'says what is wrong' : 'connects'}`, async () => {
			const dialog = await openNew(editor, type);
			for (const [name, value] of Object.entries(values)) await fill(dialog, name, value);
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

async function fill(dialog: Locator, name: string, value: string): Promise<void> {
	await dialog.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
}
