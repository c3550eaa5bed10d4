import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

import { findChromium } from '../n8n/chromium.mts';
import type { Login } from '../n8n/rest.mts';

const flags = [
	...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
	...['--disable-component-update', '--disable-sync', '--net-log-capture-mode=IncludeSensitive'],
];

/** The time limit for a step in the editor on a busy machine, in milliseconds. */
const PATIENCE = 120_000;

/** Everything that a browser received, with its source. */
export type Seen = Map<string, string>;

/**
 * Opens the pages on which a user meets the credential, as a user would.
 * @param workflowId a workflow with an Appspace node that has already run
 * @throws Error that says what to install if there is no Chromium
 */
export async function browse(
	url: string,
	{ email, password }: Login,
	workflowId: string,
	credentialId: string,
): Promise<Seen> {
	const executablePath = await findChromium();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-netlog-'));
	const netLog = join(folder, 'net.json');
	const seen: Seen = new Map();
	const args = [...flags, `--log-net-log=${netLog}`];
	try {
		const browser = await chromium.launch({ executablePath, args });
		try {
			const page = await browser.newPage();
			page.setDefaultTimeout(PATIENCE);
			listen(page, seen);
			await page.goto(`${url}/signin`);
			await page.fill('input[name=emailOrLdapLoginId]', email);
			await page.fill('input[name=password]', password);
			await page.click('[data-test-id=form-submit-button]');
			await page.waitForURL((address) => !address.pathname.startsWith('/signin'));

			await page.goto(`${url}/workflow/${workflowId}`);
			await page.locator('[data-test-id=canvas-node]').first().waitFor();
			await page.click('[data-test-id=execute-workflow-button]');
			await page.getByText('Workflow executed successfully').waitFor();
			await look(page, seen, 'workflow');
			await Promise.all([
				page.waitForResponse(/\/rest\/executions\/\d+/),
				page.goto(`${url}/workflow/${workflowId}/executions`),
			]);
			await look(page, seen, 'executions');
			await page.goto(`${url}/home/credentials/${credentialId}`);
			await page.locator('[data-test-id=credentials-config-container-test-success]').waitFor();
			await look(page, seen, 'credential');
		} finally {
			await browser.close();
		}
		seen.set("Chromium's network log", await readFile(netLog, 'utf8'));
		return seen;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function listen(page: Page, seen: Seen): void {
	const note = (from: string, text: string) => seen.set(`${seen.size} ${from}`, text);
	page.on('console', (message) => note('console', message.text()));
	page.on('response', (response) => {
		if (!/json|html|event-stream/.test(response.headers()['content-type'] ?? '')) return;
		response.text().then(
			(text) => note(response.url(), text),
			// A page that was left no longer has a body.
			() => {},
		);
	});
	page.on('websocket', (socket) => {
		socket.on('framereceived', ({ payload }) => note('push', payload.toString()));
		socket.on('framesent', ({ payload }) => note('push', payload.toString()));
	});
}

/** The content of the page, its form fields, and the browser's storage. */
async function look(page: Page, seen: Seen, name: string): Promise<void> {
	const text = await page.evaluate(() =>
		JSON.stringify({
			html: document.documentElement.outerHTML,
			fields: Array.from(
				document.querySelectorAll<HTMLInputElement>('input, textarea'),
				({ value }) => value,
			),
			storage: [{ ...localStorage }, { ...sessionStorage }],
		}),
	);
	seen.set(`page: ${name}`, text);
}
