import type { Page, Request } from 'playwright-core';

/** How long n8n may take to answer what the editor asks, in milliseconds. */
const longestRequest = 20_000;

/** n8n's own panel asks npm about each community package, and for how often it is downloaded. */
const npm = /^https:\/\/(registry\.npmjs\.org|api\.npmjs\.org\/downloads\/.*)\/n8n-nodes-appspace$/;

/** What goes wrong in a page: messages of its console, and requests to other hosts, which never leave. */
export class Findings {
	private readonly found: string[] = [];
	private readonly underWay = new Set<Request>();

	private constructor(private readonly page: Page) {
		page.on('console', (message) => {
			if (message.type() !== 'error') return;
			this.found.push(`console: ${message.text()} (${message.location().url})`);
		});
		page.on('pageerror', (error) => void this.found.push(`page: ${error.message}`));
		page.on('request', (request) => {
			if (request.resourceType() !== 'eventsource') this.underWay.add(request);
		});
		page.on('requestfinished', (request) => void this.underWay.delete(request));
		page.on('requestfailed', (request) => void this.underWay.delete(request));
	}

	/** Begins to watch a page; every request that is not to this computer ends here. */
	static async watch(page: Page): Promise<Findings> {
		const findings = new Findings(page);
		const isElsewhere = ({ protocol, hostname }: URL) =>
			/^https?:$/.test(protocol) && hostname !== '127.0.0.1';
		await page.route(isElsewhere, async (route) => {
			const url = route.request().url();
			if (npm.test(url)) {
				const headers = { 'access-control-allow-origin': '*' };
				return await route.fulfill({ json: { name: 'n8n-nodes-appspace' }, headers });
			}
			findings.found.push(`request to ${url}`);
			await route.abort();
		});
		return findings;
	}

	/** What went wrong since the last call, once the editor has its answers and has acted on them. */
	async take(): Promise<string[]> {
		const deadline = Date.now() + longestRequest;
		do {
			await this.answered(deadline);
			// The console is told of an answer within two frames.
			await this.page.evaluate(
				() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
			);
		} while (this.underWay.size > 0 && Date.now() < deadline);
		const unanswered = [...this.underWay].map((request) => `no answer from ${request.url()}`);
		this.underWay.clear();
		return [...this.found.splice(0), ...unanswered];
	}

	private async answered(deadline: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				this.page.off('requestfinished', look);
				this.page.off('requestfailed', look);
				resolve();
			};
			const look = () => {
				if (this.underWay.size === 0) end();
			};
			const timer = setTimeout(end, Math.max(0, deadline - Date.now()));
			this.page.on('requestfinished', look);
			this.page.on('requestfailed', look);
			look();
		});
	}
}
