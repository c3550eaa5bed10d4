import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Context } from '../n8n/checks/context.mts';
import type { InstalledN8n } from '../n8n/install.mts';
import { openInstance, type InstanceOptions } from '../n8n/instance.mts';
import type { Report } from '../n8n/report.mts';
import { createEmptyUserFolder } from '../n8n/userFolder.mts';
import { appspaceNode, appspaceNodeType } from '../n8n/workflow.mts';
import { APPSPACE, startLocalInternet, type LocalInternet, type Played } from './localInternet.mts';
import { startRegistry } from './registry.mts';

/** Which n8n, and the packed package: the tarball, and the folder that it unpacks to. */
export interface Setting {
	install: InstalledN8n;
	tarball: string;
	unpacked: string;
}

const PACKAGE = 'n8n-nodes-appspace';
const REGISTRY = 'registry.npmjs.org';
const readUsers = { resource: 'user', operation: 'getAll', limit: 3 };

/** The folder of the package in `N8N_CUSTOM_EXTENSIONS`, as images for Docker have it. */
export async function checkCustomExtensions(
	report: Report,
	{ install, unpacked }: Setting,
): Promise<void> {
	const userFolder = await createEmptyUserFolder();
	const env = { N8N_CUSTOM_EXTENSIONS: unpacked };
	await withInstance(report, { install, userFolder, env }, async (context) => {
		await report.check('N8N_CUSTOM_EXTENSIONS: the node reads as CUSTOM.appspace', async () => {
			const { tenant } = context;
			const credential = await context.createCredential('Custom', context.applicationToken(tenant));
			const node = { ...appspaceNode(readUsers, credential), type: 'CUSTOM.appspace' };
			equal((await context.runNode(node)).length, 3);
		});
	});
}

/**
 * What Settings > Community nodes > Install does. n8n asks npm's registry, and another one only with a
 * license for it, so this plays npm's registry.
 */
export async function checkCommunityInstall(
	report: Report,
	{ install, tarball, unpacked }: Setting,
): Promise<void> {
	const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	const registry = await startRegistry(tarball, manifest, `https://${REGISTRY}`);
	const internet = await startLocalInternet({ [REGISTRY]: registry });
	const userFolder = await createEmptyUserFolder();
	const options = { install, userFolder, env: internet.env };
	const close = async () => {
		await internet.close();
		await registry.close();
	};
	await withInstance(report, options, async (context) => {
		const { rest, tenant } = context;
		const path = '/rest/community-packages';
		await report.check('n8n installs the package from the registry', async () => {
			const installed = await rest.call<{ installedVersion: string }>('POST', path, {
				name: PACKAGE,
			});
			equal(installed.installedVersion, manifest.version);
			ok(internet.connections(REGISTRY) > 0, 'The registry saw no connection.');
		});
		await report.check('it has a node and a trigger, and the node reads at once', async () => {
			const [listed] = await rest.call<Array<{ installedNodes: Array<{ type: string }> }>>(
				'GET',
				path,
			);
			const types = listed?.installedNodes.map(({ type }) => type).sort();
			deepEqual(types, [appspaceNodeType, `${appspaceNodeType}Trigger`]);
			const credential = await context.createCredential('New', context.applicationToken(tenant));
			equal((await context.runAppspace(readUsers, credential)).length, 3);
		});
		await report.check('n8n removes it again', async () => {
			await rest.call('DELETE', `${path}?name=${PACKAGE}`);
			const credential = { id: 'none', name: 'None' };
			await rejects(context.runAppspace(readUsers, credential), /nrecognized node type/);
		});
	}).finally(close);
}

/** A proxy in `HTTPS_PROXY` carries the requests, and `NODE_EXTRA_CA_CERTS` makes a private CA known. */
export async function checkProxy(report: Report, { install }: Setting): Promise<void> {
	const read = async (context: Context) => {
		const credential = await context.createCredential('Proxy', {
			...context.applicationToken(context.tenant),
			baseUrl: `https://${APPSPACE}`,
		});
		return (await context.runAppspace(readUsers, credential)).length;
	};
	const within = async (
		env: (internet: LocalInternet) => Record<string, string>,
		work: (context: Context, internet: LocalInternet) => Promise<void>,
	) => {
		// The tenant of the context starts after n8n, whose settings name the proxy.
		const played: Played = { url: '' };
		const internet = await startLocalInternet({ [APPSPACE]: played });
		await withInstance(report, { install, env: env(internet) }, async (context) => {
			played.url = context.tenant.url;
			await work(context, internet);
		}).finally(() => internet.close());
	};
	await within(
		({ env }) => env,
		async (context, internet) => {
			await report.check('a proxy and a private certificate: the node reads', async () => {
				equal(await read(context), 3);
				ok(internet.connections(APPSPACE) > 0, 'The proxy saw no connection.');
			});
		},
	);
	await within(
		({ env }) => ({ HTTPS_PROXY: env.HTTPS_PROXY!, NO_PROXY: '', NODE_EXTRA_CA_CERTS: '' }),
		async (context) => {
			await report.check('without the certificate, the message says what is wrong', async () => {
				await rejects(read(context), /certificate/i);
			});
		},
	);
}

/** Runs checks in an n8n that starts and stops for them. */
export async function withInstance(
	report: Report,
	options: InstanceOptions,
	work: (context: Context) => Promise<void>,
): Promise<void> {
	const instance = await openInstance({ ...options, isBuilt: true }, () => {});
	try {
		const context = await Context.create(report, instance);
		await work(context).finally(() => context.close());
	} finally {
		await instance.close();
	}
}
