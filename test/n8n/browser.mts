import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import { findChromium } from './chromium.mts';
import { Findings } from './editor/findings.mts';
import type { Login } from './rest.mts';

const quietFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

/** n8n marks its elements with `data-test-id`; Playwright expects `data-testid`. */
selectors.setTestIdAttribute('data-test-id');

/** The n8n editor in a browser window, signed in. */
export class Editor {
	private constructor(
		readonly url: string,
		private readonly browser: Browser,
		readonly page: Page,
		private readonly findings: Findings,
	) {}

	/**
	 * Opens a browser and signs in.
	 * @throws Error that says what to install if there is no Chromium
	 */
	static async open(url: string, { email, password }: Login): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: await findChromium(),
			args: quietFlags,
		});
		const page = await browser.newPage({
			viewport: { width: 1360, height: 860 },
			deviceScaleFactor: 1.5,
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		const findings = await Findings.watch(page);
		await page.goto(`${url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', email);
		await page.fill('input[name=password]', password);
		await page.click('[data-test-id=form-submit-button]');
		await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
		// The page of the sign-in asks who is signed in, and is refused.
		await findings.take();
		return new Editor(url, browser, page, findings);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** What went wrong in the browser since the last call, see `Findings`. */
	async takeFindings(): Promise<string[]> {
		return await this.findings.take();
	}

	/** Searches the nodes that can start an empty workflow, and opens what an app offers. */
	async openNodeCreator(workflowId: string, app: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.page.getByPlaceholder(/Search nodes/).fill(app);
		await this.page.getByText(app, { exact: true }).first().click();
		await this.page.getByText(/^Triggers/).waitFor();
	}

	/** Fetches a test event in the open panel of a trigger, and waits for the output. */
	async fetchTestEvent(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		const output = this.page.getByTestId('output-panel');
		await output.getByTestId('radio-button-table').click();
		await output.locator('table tbody tr').first().waitFor();
		await this.dismissNote();
	}

	/** Opens the panel of the node with this name. */
	async openNode(name: string): Promise<Locator> {
		await this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		const panel = this.page.getByTestId('ndv');
		await panel.waitFor();
		return panel;
	}

	/** Picks the first entry that a resource locator in the open panel finds. */
	async pick(parameter: string, search: string): Promise<void> {
		await this.page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await this.page.keyboard.type(search);
		await this.page.getByTestId('rlc-item').filter({ hasText: search }).first().click();
	}

	/** Adds a field to the resource mapper in the open panel and types text into it. */
	async addMappedField(id: string, name: string, value?: string): Promise<void> {
		await this.page.getByTestId('add-fields-select').click();
		await this.page.getByText(name, { exact: true }).last().click();
		const field = this.page.getByTestId(`parameter-input-${id}`);
		await field.waitFor();
		if (value === undefined) return;
		await field.locator('input').fill(value);
		await field.locator('input').press('Tab');
	}

	/** Runs the node whose panel is open and waits for its output table. */
	async executeOpenNode(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		const output = this.page.getByTestId('output-panel');
		await output.getByTestId('radio-button-table').click();
		await output.locator('table tbody tr').first().waitFor();
		await this.dismissNote();
	}

	private async dismissNote(): Promise<void> {
		const note = this.page.locator('.el-notification');
		await note.locator('.el-notification__closeBtn').click();
		await note.waitFor({ state: 'detached' });
	}

	/** Gives the output of the open panel more room, at the expense of the input. */
	async widenOutput(pixels: number): Promise<void> {
		await this.page.getByTestId('panel-drag-button').hover();
		await this.page.mouse.down();
		const handle = await this.page.getByTestId('panel-drag-button').boundingBox();
		if (!handle) throw new Error('The panel of the node cannot be moved.');
		await this.page.mouse.move(handle.x + handle.width / 2 - pixels, handle.y, { steps: 10 });
		await this.page.mouse.up();
	}

	/** Opens the dialog of a saved credential and waits until n8n has tested it successfully. */
	async openCredential(id: string): Promise<Locator> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		const dialog = this.page.getByTestId('editCredential-modal');
		await dialog.getByTestId('credentials-config-container-test-success').waitFor();
		return dialog;
	}

	async resize(width: number, height: number): Promise<void> {
		await this.page.setViewportSize({ width, height });
	}

	/** Takes a picture of the parameters in the open panel, as far down as they are visible. */
	async pictureOfParameters(): Promise<Buffer> {
		await this.page.mouse.move(0, 0);
		const parameters = this.page.getByTestId('node-parameters');
		return await parameters.screenshot({ animations: 'disabled' });
	}

	/** Takes a picture of a page made from HTML. */
	async screenshotOf(html: string, path: string): Promise<void> {
		await this.page.goto('about:blank');
		await this.page.setContent(html);
		await this.page.screenshot({ path, fullPage: true });
	}

	/** Takes a picture of what lies on the canvas, without the controls around it. */
	async pictureOfCanvas(): Promise<Buffer> {
		await this.page.addStyleTag({
			content:
				'[data-test-id=canvas-wrapper] > :not(#canvas), .vue-flow__panel { visibility: hidden }',
		});
		await this.page.keyboard.press('1');
		await this.page.mouse.move(0, 0);
		await this.page.locator('.vue-flow__edge path').first().waitFor({ state: 'attached' });
		const boxes = await Promise.all(
			(await this.page.locator('.vue-flow__node').all()).map(
				async (node) => await node.boundingBox(),
			),
		);
		const [left, top, right, bottom] = [
			Math.min(...boxes.map((box) => box?.x ?? Infinity)) - 24,
			Math.min(...boxes.map((box) => box?.y ?? Infinity)) - 24,
			Math.max(...boxes.map((box) => (box ? box.x + box.width : 0))) + 60,
			Math.max(...boxes.map((box) => (box ? box.y + box.height : 0))) + 60,
		];
		const clip = { x: left, y: top, width: right - left, height: bottom - top };
		return await this.page.screenshot({ clip, animations: 'disabled' });
	}

	/** Takes a picture, with the mouse out of the way. */
	async screenshot(path: string, part: Page | Locator = this.page): Promise<void> {
		await this.page.mouse.move(0, 0);
		await part.screenshot({ path, animations: 'disabled' });
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
