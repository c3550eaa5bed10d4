import type {
	IConnections,
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeParameters,
	ResourceMapperFields,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { cp } from 'node:fs/promises';
import { relative } from 'node:path';
import { additionalDataFor, silentHooks } from './additionalData.mts';
import { StoreCredentialsHelper } from './credentialsHelper.mts';
import type { CredentialStore } from './credentialStore.mts';
import { type CredentialTestResult, testStoredCredential } from './credentialTest.mts';
import { type InstalledPackage, loadPackage } from './installedPackage.mts';
import { core, workflow as n8n } from './n8nModules.mts';
import { folderForCopy } from './packageCopies.mts';
import { type RunResult, readRun } from './runResult.mts';
import {
	type NodeUnderTest,
	type WorkflowJson,
	chainedWorkflow,
	credentialsOf,
} from './workflow.mts';

/** A promise that settles, a signal that aborts, or a function that starts one when the run starts. */
type Moment = Promise<unknown> | AbortSignal | (() => Promise<unknown> | AbortSignal);

interface ExecutionOptions {
	/** The items that the trigger outputs; by default one empty item. */
	input?: IDataObject[];
	credentials: CredentialStore;
	/** Cancels the execution, as the Stop button does, at this moment. */
	cancelAfter?: Moment;
	/** Default `manual`; `trigger` is a production run. */
	mode?: WorkflowExecuteMode;
}

export interface RunOptions extends ExecutionOptions {
	/** Linked one after another in order; a manual trigger feeds the first. */
	nodes: NodeUnderTest[];
	connections?: IConnections;
}

export interface WorkflowOptions extends ExecutionOptions {
	/** A workflow as n8n exports it. Nodes without credentials get those stored as `main` and `scim`. */
	workflow: WorkflowJson;
}

export interface ListSearchOptions {
	method: string;
	filter?: string;
	paginationToken?: string;
	/** The node's parameters as the user has set them so far. */
	parameters?: Record<string, unknown>;
	credentials: CredentialStore;
	/** Default `appspace`. */
	node?: string;
	/** ID in the credential store; default `main`. */
	credential?: string;
}

/** n8n's execution engine with one package installed. */
export class Engine {
	private installed?: Promise<InstalledPackage>;

	/** `folder` contains the package.json of a built package. */
	constructor(private readonly folder: string) {}

	/** The same package in a second n8n process, which shares no module state. */
	static async inAnotherProcess(folder: string): Promise<Engine> {
		const copy = await folderForCopy();
		await cp(folder, copy, {
			recursive: true,
			filter: (path) => !/(^|[\\/])(node_modules|\.[^\\/]+)/.test(relative(folder, path)),
		});
		const engine = new Engine(copy);
		await engine.load();
		return engine;
	}

	/** Runs nodes behind a manual trigger. Rejects only if n8n cannot start the workflow. */
	async run({ nodes, connections, ...options }: RunOptions): Promise<RunResult> {
		const installed = await this.load();
		const workflow = chainedWorkflow(installed, nodes, options.credentials, connections);
		return await this.runWorkflow({ ...options, workflow });
	}

	/** Runs a workflow as n8n exports it, from its manual trigger. Its last node gives the result. */
	async runWorkflow(options: WorkflowOptions): Promise<RunResult> {
		const { workflow: json, credentials, input = [{}], mode = 'manual', cancelAfter } = options;
		const installed = await this.load();
		const additionalData = additionalDataFor(new StoreCredentialsHelper(credentials, installed));
		additionalData.hooks = silentHooks(mode) as IWorkflowExecuteAdditionalData['hooks'];
		const workflow = new n8n.Workflow({
			id: 'test',
			name: 'Test',
			nodes: json.nodes.map((node) => ({
				credentials: credentialsOf(installed, node, credentials, defaultFor(node)),
				...structuredClone(node),
			})),
			connections: json.connections,
			active: false,
			nodeTypes: installed.nodeTypes(input),
			settings: { executionOrder: 'v1', ...json.settings },
		});
		const startNode = Object.values(workflow.nodes).find(
			({ type }) => type === 'n8n-nodes-base.manualTrigger',
		);
		if (!startNode) throw new Error('The workflow has no manual trigger to start from.');
		const running = new core.WorkflowExecute(additionalData, mode).run({ workflow, startNode });
		onceReached(cancelAfter, () => running.cancel());
		return readRun(await running, json.nodes.at(-1)?.name ?? '');
	}

	/** What the credential dialog shows after Save or Retry. Stores the hook's result. */
	async testCredential(store: CredentialStore, id = 'main'): Promise<CredentialTestResult> {
		return await testStoredCredential(await this.load(), store, id);
	}

	/** A picker's list: `methods.listSearch[method]`, or else `methods.loadOptions[method]`. */
	async listSearch(options: ListSearchOptions): Promise<INodeListSearchResult> {
		const { context, methods, type } = await this.editorOf(options);
		const { method } = options;
		const search = methods?.listSearch?.[method];
		if (search) {
			const found = await search.call(context, options.filter, options.paginationToken);
			const { paginationToken: next } = found;
			return typeof next === 'number' ? { ...found, paginationToken: String(next) } : found;
		}
		const loadOptions = methods?.loadOptions?.[method];
		if (!loadOptions) throw new Error(`${type} has no list method "${method}".`);
		return { results: (await loadOptions.call(context)) as INodeListSearchResult['results'] };
	}

	/** The fields of a resource mapper: `methods.resourceMapping[method]`. */
	async resourceMapping(options: ListSearchOptions): Promise<ResourceMapperFields> {
		const { context, methods, type } = await this.editorOf(options);
		const fields = methods?.resourceMapping?.[options.method];
		if (!fields) throw new Error(`${type} has no mapping method "${options.method}".`);
		return await fields.call(context);
	}

	/** What the editor passes to a method of the node while it is open. */
	private async editorOf(options: ListSearchOptions) {
		const { credentials, node: type = 'appspace', credential = 'main' } = options;
		const installed = await this.load();
		const parameters = (options.parameters ?? {}) as INodeParameters;
		const nodeTypes = installed.nodeTypes([]);
		const node: INode = {
			id: 'uuid-1234',
			name: 'Temp-Node',
			type: installed.fullType(type),
			typeVersion: 1,
			position: [0, 0],
			parameters,
		};
		node.credentials = credentialsOf(installed, node, credentials, credential);
		const helper = new StoreCredentialsHelper(credentials, installed);
		const context = new core.LoadOptionsContext(
			new n8n.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes }),
			node,
			additionalDataFor(helper, parameters),
			'parameters',
		);
		return { context, methods: nodeTypes.getByNameAndVersion(node.type).methods, type: node.type };
	}

	private async load(): Promise<InstalledPackage> {
		return await (this.installed ??= loadPackage(this.folder));
	}
}

/** Where the store keeps the credential for nodes that name none. */
function defaultFor({ parameters }: Pick<INode, 'parameters'>): string {
	return String(parameters.resource).startsWith('scim') ? 'scim' : 'main';
}

function onceReached(moment: Moment | undefined, act: () => void): void {
	if (moment instanceof AbortSignal) moment.addEventListener('abort', act, { once: true });
	else if (typeof moment === 'function') onceReached(moment(), act);
	else moment?.then(act, act);
}

const thisPackage = new Engine(process.cwd());

/** Runs nodes of this package, as built in `dist`. */
export const run = async (options: RunOptions): Promise<RunResult> =>
	await thisPackage.run(options);

/** This package in a second n8n process, as in queue mode. Pass both the same store. */
export const anotherProcess = async (): Promise<Engine> =>
	await Engine.inAnotherProcess(process.cwd());

/** Runs a workflow with nodes of this package, as n8n exports it. */
export const runWorkflow = async (options: WorkflowOptions): Promise<RunResult> =>
	await thisPackage.runWorkflow(options);

/** The Test button for this package's credentials. */
export const testCredential = async (
	store: CredentialStore,
	id?: string,
): Promise<CredentialTestResult> => await thisPackage.testCredential(store, id);

/** A picker of this package's node. */
export const listSearch = async (options: ListSearchOptions): Promise<INodeListSearchResult> =>
	await thisPackage.listSearch(options);

/** The fields of a resource mapper of this package's node. */
export const resourceMapping = async (options: ListSearchOptions): Promise<ResourceMapperFields> =>
	await thisPackage.resourceMapping(options);
