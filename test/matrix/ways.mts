import { equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from '../n8n/install.mts';
import { openInstance } from '../n8n/instance.mts';
import { Context } from '../n8n/checks/context.mts';
import { readExamples, startOf } from '../n8n/examples.mts';
import type { Report } from '../n8n/report.mts';
import { createEmptyUserFolder } from '../n8n/userFolder.mts';
import { appspaceNode, outputOf } from '../n8n/workflow.mts';
import { reply } from '../support/rawServer.mts';
import { selfSigned } from '../support/selfSigned.mts';

const readUsers = { resource: 'user', operation: 'getAll', limit: 3 };

/** Workflows as users of an earlier version saved them still run. */
export async function checkSaved(context: Context): Promise<void> {
	const { report, rest, tenant } = context;
	report.section('Saved with 0.1.0');
	const credential = await context.createCredential('Saved', context.applicationToken(tenant));
	const scim = await context.createScimCredential('Saved for SCIM', tenant);
	for (const saved of await readExamples(credential, scim, 'test/matrix/saved/0.1.0')) {
		await report.check(`"${saved.name}" runs`, async () => {
			const { id } = await rest.createWorkflow(saved);
			outputOf(await rest.run(id, startOf(saved)), startOf(saved));
		});
	}
}

/** The folder of the package in `N8N_CUSTOM_EXTENSIONS`, as images for Docker have it. */
export async function checkCustomExtensions(
	report: Report,
	install: InstalledN8n,
	folder: string,
): Promise<void> {
	const userFolder = await createEmptyUserFolder();
	const env = { N8N_CUSTOM_EXTENSIONS: folder };
	const instance = await openInstance({ install, userFolder, env }, () => {});
	const context = await Context.create(report, instance);
	try {
		await report.check('N8N_CUSTOM_EXTENSIONS: the node reads as CUSTOM.appspace', async () => {
			const { tenant } = context;
			const credential = await context.createCredential('Custom', context.applicationToken(tenant));
			const node = { ...appspaceNode(readUsers, credential), type: 'CUSTOM.appspace' };
			equal((await context.runNode(node)).length, 3);
		});
	} finally {
		await context.close();
		await instance.close();
	}
}

/** A proxy in `HTTPS_PROXY` carries the requests, and `NODE_EXTRA_CA_CERTS` makes a private CA known. */
export async function checkProxy(report: Report, install: InstalledN8n): Promise<void> {
	const certificate = selfSigned();
	const authority = join(tmpdir(), `appspace-ca-${process.pid}.pem`);
	await writeFile(authority, certificate.cert);
	const proxy = await startProxy();
	const env = {
		HTTPS_PROXY: proxy.url,
		NO_PROXY: '',
		NODE_EXTRA_CA_CERTS: authority,
	};
	const instance = await openInstance({ install, env }, () => {});
	const context = await Context.create(report, instance);
	const press = async () => {
		const url = await context.startRaw(() => reply.json({}, { status: 500 }), certificate);
		const { id } = await context.createCredential('Proxy', {
			...context.applicationToken(context.tenant),
			// Through a proxy, n8n compares the certificate with a name, never with an address.
			baseUrl: url.replace('127.0.0.1', 'localhost'),
		});
		return (await context.rest.testCredential(id)).message;
	};
	try {
		await report.check('NODE_EXTRA_CA_CERTS: a private certificate is trusted', async () => {
			// The server answers 500: the message is about the answer, not about the certificate.
			const message = await press();
			ok(/answered with status 500/.test(message), message);
		});
		await report.check('HTTPS_PROXY: the requests go through the proxy', () => {
			ok(proxy.tunnels() > 0, 'The proxy saw no connection.');
		});
	} finally {
		await context.close();
		await instance.close();
		await proxy.close();
	}
}

/** A proxy on loopback that opens tunnels and counts them. */
async function startProxy() {
	let tunnels = 0;
	const server = createServer();
	server.on('connect', ({ url = '' }, socket) => {
		tunnels += 1;
		const [host, port] = url.split(':');
		const target = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			target.pipe(socket).pipe(target);
		});
		for (const end of [target, socket]) {
			end.on('error', () => {
				target.destroy();
				socket.destroy();
			});
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		tunnels: () => tunnels,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
