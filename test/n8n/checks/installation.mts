import { deepEqual, ok } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { triggerNodeType } from '../triggerWorkflow.mts';
import { appspaceNodeType } from '../workflow.mts';
import type { Context } from './context.mts';

/** The packed package, installed where n8n puts community nodes, is loaded under its real names. */
export async function checkInstallation({ report, rest, userFolder, n8n }: Context): Promise<void> {
	report.section('Installation');
	const installed = join(userFolder.path, '.n8n', 'nodes', 'node_modules');

	await report.check('the package installs no other package', async () => {
		const names = (await readdir(installed)).filter((name) => !name.startsWith('.'));
		deepEqual(names, ['n8n-nodes-appspace']);
	});
	await report.check('the tarball contains only what is published', async () => {
		const names = (await readdir(join(installed, 'n8n-nodes-appspace'))).sort();
		deepEqual(names, ['LICENSE', 'README.md', 'dist', 'index.js', 'package.json']);
	});
	const types = (await rest.nodeTypes()).filter(({ name }) => name.includes('appspace'));
	await report.check('n8n offers the node, its tool variant for AI agents, and the trigger', () => {
		const names = [appspaceNodeType, `${appspaceNodeType}Tool`, triggerNodeType];
		deepEqual(types.map(({ name }) => name).sort(), names);
	});
	await report.check('n8n serves both of its icons', async () => {
		const { iconUrl } = types.find(({ name }) => name === appspaceNodeType)!;
		const urls = typeof iconUrl === 'object' ? Object.values(iconUrl) : [iconUrl];
		ok(urls.length === 2 && urls[0] !== urls[1], `it has ${JSON.stringify(iconUrl)}`);
		for (const url of urls) {
			const response = await fetch(`${n8n.url}/${url}`);
			ok(response.ok && response.headers.get('content-type')?.includes('svg'), String(url));
		}
	});
	await report.check('n8n serves the output schemas before the first run', async () => {
		for (const operation of ['channel/getAll', 'user/getAll', 'userGroup/getMembers']) {
			const response = await fetch(`${n8n.url}/schemas/${appspaceNodeType}/1/${operation}.json`);
			ok(response.ok, `${operation} answered ${response.status}`);
			const { properties } = (await response.json()) as { properties?: object };
			ok(properties && 'id' in properties, `${operation} has no id`);
		}
	});
}
