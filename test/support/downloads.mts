import { randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { appspaceNode } from './appspaceNode.mts';
import { startContentHosts, type ContentHosts } from './contentHosts.mts';
import { run } from './engine.mts';
import { reply, type Reply } from './rawServer.mts';
import type { RunResult } from './runResult.mts';
import { sandboxCredential } from './sandboxCredential.mts';

/** Two hosts that serve content (appspace-api.md 3.1). */
export const HOST = 'a1.api.cloud.appspace.com';
export const OTHER = 'cdn.appspaceusercontent.com';
export const PICTURE = Buffer.from(randomUUID());
export const picture = (): Reply =>
	reply.text(PICTURE, { headers: { 'content-type': 'image/png' } });

/** A new tenant for each test, whose content is on other hosts. */
export class Downloads {
	sandbox!: Sandbox;
	hosts!: ContentHosts;
	/** The responses of the other hosts; `nth` is the number of requests so far in this test. */
	answer: (target: string, nth: number) => Reply = picture;

	constructor() {
		beforeAll(async () => {
			this.hosts = await startContentHosts(({ target }) =>
				this.answer(target, this.hosts.requests.length),
			);
		});
		beforeEach(async () => {
			this.sandbox = await startSandbox();
			this.hosts.clear();
			this.answer = picture;
		});
		afterEach(async () => await this.sandbox.close());
		afterAll(async () => await this.hosts.close());
	}

	/** The parameters to download content whose file is at that address. */
	subject(contentURL: string, options = {}) {
		const [contentId = ''] = Object.keys(this.sandbox.tenant.contents);
		this.sandbox.tenant.contents[contentId] = { size: PICTURE.length, contentURL };
		const nodes = [appspaceNode('content.download', { contentId, options })];
		return { credentials: sandboxCredential(this.sandbox), nodes };
	}

	async from(contentURL: string, options = {}): Promise<RunResult> {
		return await run(this.subject(contentURL, options));
	}

	/** Requests to the other hosts must not contain a secret of the tenant. */
	expectNoSecrets(): void {
		const { subjectId, refreshToken, requests } = this.sandbox;
		const tokens = requests.map(({ headers }) => headers.authorization?.split(' ')[1]);
		const secrets = [...tokens, subjectId, refreshToken].filter(Boolean);
		expect(secrets.length).toBeGreaterThan(2);
		for (const request of this.hosts.requests) {
			expect(request.headers).not.toHaveProperty('authorization');
			expect(request.headers).not.toHaveProperty('cookie');
			for (const secret of secrets) expect(JSON.stringify(request)).not.toContain(secret);
		}
	}
}

/** The file in the first item of a run. */
export function received({ items }: RunResult): Buffer {
	return Buffer.from(items()[0]?.binary?.data?.data ?? '', 'base64');
}
