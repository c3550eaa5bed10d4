import { readFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { runWorkflow } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import type { WorkflowJson } from '../support/workflow.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox();
});
afterEach(async () => await sandbox.close());

const read = (file: string) =>
	JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as WorkflowJson & { name: string };

describe.each(['channels-groups-and-people.json'])('%s', (file) => {
	const workflow = read(file);
	const appspaceNodes = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-appspace.'));

	it('runs, and every node of it finds something', async () => {
		const result = await runWorkflow({ workflow, credentials: sandboxCredential(sandbox) });
		expect(result.error).toBeUndefined();
		for (const { name } of appspaceNodes) {
			expect([name, result.items(name).length]).not.toEqual([name, 0]);
		}
	});

	it('only reads', async () => {
		await runWorkflow({ workflow, credentials: sandboxCredential(sandbox) });
		const methods = sandbox.requests
			.filter(({ path }) => path !== '/api/v3/authorization/token')
			.map(({ method }) => method);
		expect(new Set(methods)).toEqual(new Set(['GET']));
	});

	it('can be imported by anybody: explained by a note, without credentials and pinned data', () => {
		expect(workflow.name).toMatch(/^Appspace: /);
		expect(workflow.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		expect(workflow.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(workflow).toMatchObject({ pinData: {} });
	});
});
