import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import {
	startSandbox,
	type RecordedRequest,
	type Sandbox,
	type Settings,
} from '../../../sandbox/server.mts';
import { startRawServer, type Script } from '../../support/rawServer.mts';
import type { Certificate } from '../../support/selfSigned.mts';
import type { Instance } from '../instance.mts';
import type { RunningN8n } from '../n8n.mts';
import type { Report } from '../report.mts';
import type { N8nRest } from '../rest.mts';
import type { UserFolder } from '../userFolder.mts';
import {
	appspaceNode,
	outputOf,
	startName,
	workflowOf,
	type CredentialReference,
} from '../workflow.mts';

/** What all checks share: one n8n with its owner signed in, and tenants that the checks may start. */
export class Context {
	private readonly tenants: Sandbox[] = [];
	private readonly closing: Array<() => Promise<void>> = [];

	readonly n8n: RunningN8n;
	readonly rest: N8nRest;
	readonly userFolder: UserFolder;
	readonly crash: Instance['crash'];

	private constructor(
		readonly report: Report,
		{ n8n, rest, userFolder, crash }: Instance,
		/** The tenant for checks that need no special settings. */
		readonly tenant: Sandbox,
	) {
		this.n8n = n8n;
		this.rest = rest;
		this.userFolder = userFolder;
		this.crash = crash;
		this.tenants.push(tenant);
	}

	static async create(report: Report, instance: Instance): Promise<Context> {
		return new Context(report, instance, await startSandbox({ users: 260 }));
	}

	/** A small tenant for one check; it is closed at the end. */
	async startTenant(settings: Partial<Settings> = {}): Promise<Sandbox> {
		const tenant = await startSandbox({ users: 40, channels: 10, devices: 10, settings });
		this.tenants.push(tenant);
		return tenant;
	}

	/** A server that answers everything, including the token exchange, as the script says. Returns its URL. */
	async startRaw(script: Script, certificate?: Certificate): Promise<string> {
		const server = await startRawServer(script, { token: script, certificate });
		this.closing.push(() => server.close());
		return server.url;
	}

	async createCredential(name: string, data: IDataObject): Promise<CredentialReference> {
		return { id: await this.rest.createCredential({ name, type: 'appspaceApi', data }), name };
	}

	async createScimCredential(
		name: string,
		{ scimUrl, scimToken }: Pick<Sandbox, 'scimUrl' | 'scimToken'>,
	): Promise<CredentialReference> {
		const data = { baseUrl: scimUrl, scimToken };
		return { id: await this.rest.createCredential({ name, type: 'appspaceScimApi', data }), name };
	}

	/** The fields for a tenant with an application token. */
	applicationToken({ url, subjectId, refreshToken }: Sandbox): IDataObject {
		return { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };
	}

	/**
	 * Runs a workflow of a manual trigger and this node. Returns the node's output.
	 * @throws Error with the message and description that the editor shows
	 */
	async runNode(node: INode, items?: IDataObject[]): Promise<INodeExecutionData[]> {
		const { id } = await this.rest.createWorkflow(workflowOf(node, items));
		return outputOf(await this.rest.run(id, startName), node.name);
	}

	async runAppspace(
		parameters: IDataObject,
		credential: CredentialReference,
		items?: IDataObject[],
	): Promise<INodeExecutionData[]> {
		return await this.runNode(appspaceNode(parameters, credential), items);
	}

	/** The data that n8n has stored in a credential, decrypted by its own command line. */
	async storedData({ id }: CredentialReference): Promise<IDataObject> {
		const file = join(this.userFolder.path, `${id}.json`);
		try {
			await this.n8n.cli(['export:credentials', `--id=${id}`, '--decrypted', `--output=${file}`]);
			const [exported] = JSON.parse(await readFile(file, 'utf8')) as [{ data: IDataObject }];
			return exported.data;
		} finally {
			await rm(file, { force: true });
		}
	}

	/** How many token exchanges the tenant received. */
	exchanges(tenant: Sandbox): number {
		return tenant.count({ path: 'authorization/token' });
	}

	/** Every secret that took part: typed in, issued, or sent. */
	secrets(): string[] {
		const sent = this.tenants.flatMap(({ requests }) => requests).flatMap(secretsIn);
		const known = this.tenants.flatMap(({ refreshToken, apiKey, scimToken }) => [
			refreshToken,
			apiKey,
			scimToken,
		]);
		return [...new Set([...known, ...sent])].filter((secret) => secret.length > 8);
	}

	async close(): Promise<void> {
		await Promise.all(this.tenants.map((tenant) => tenant.close()));
		await Promise.all(this.closing.map((close) => close()));
	}
}

function secretsIn({ headers, body, query }: RecordedRequest): string[] {
	const { refreshToken, apiKey } = (body ?? {}) as { refreshToken?: unknown; apiKey?: unknown };
	const { authorization = '' } = headers;
	return [
		authorization.replace(/^Bearer /, ''),
		headers['x-api-key'] ?? '',
		headers['x-tenant-key'] ?? '',
		query.apiKey ?? '',
		String(refreshToken ?? ''),
		String(apiKey ?? ''),
	];
}
