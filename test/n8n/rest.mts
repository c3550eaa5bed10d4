import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parse as parseFlatted } from 'flatted';
import type {
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeTypeDescription,
	IPinData,
	IRunExecutionData,
	IConnections,
} from 'n8n-workflow';
import { Agent, request, type Dispatcher } from 'undici';

/** A new connection for each request: n8n closes idle ones while a check searches for secrets. */
const freshConnections = new Agent({ pipelining: 0 });

export interface Login {
	email: string;
	password: string;
}

export interface CredentialBody {
	name: string;
	type: string;
	data: IDataObject;
}

/** What the Test button shows. */
export interface TestVerdict {
	status: 'OK' | 'Error';
	message: string;
}

export interface WorkflowBody {
	name: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: IDataObject;
}

export interface Execution {
	id: string;
	status: string;
	/** ISO 8601. */
	startedAt: string;
	stoppedAt: string;
	data: IRunExecutionData;
}

export interface ListSearch {
	node: INode;
	/** The name of the resource locator's parameter. */
	path: string;
	methodName: string;
	filter?: string;
	paginationToken?: unknown;
}

const longestExecution = 120_000;

/** n8n's own REST API, as the editor uses it. Every call that n8n refuses throws its message. */
export class N8nRest {
	/** Every answer that n8n gave, as a browser would get it; searched for secrets at the end. */
	readonly answers: string[] = [];
	private cookie = '';
	/** n8n ties a session to the browser in which it began. */
	private readonly browserId = randomUUID();

	constructor(private readonly url: string) {}

	/** Creates the first user and signs in as that user. */
	async createOwner(login: Login): Promise<void> {
		await this.call('POST', '/rest/owner/setup', {
			...login,
			firstName: 'Test',
			lastName: 'Owner',
		});
		await this.login(login);
	}

	async login({ email, password }: Login): Promise<void> {
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	async createCredential(body: CredentialBody): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', '/rest/credentials', body);
		return id;
	}

	/** The credential as its dialog gets it: placeholders replace masked values. */
	async getCredential(id: string): Promise<CredentialBody & { id: string }> {
		return await this.call('GET', `/rest/credentials/${id}?includeData=true`);
	}

	/** Saves what the dialog would send: the loaded values, overwritten with `changes`. */
	async updateCredential(id: string, changes: IDataObject): Promise<void> {
		const { name, type, data } = await this.getCredential(id);
		await this.call('PATCH', `/rest/credentials/${id}`, {
			name,
			type,
			data: { ...data, ...changes },
		});
	}

	/** Presses the Test button of a saved credential. */
	async testCredential(id: string): Promise<TestVerdict> {
		const { name, type, data } = await this.getCredential(id);
		return await this.call('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	async createWorkflow(body: WorkflowBody): Promise<{ id: string; versionId: string }> {
		return await this.call('POST', '/rest/workflows', { settings: {}, ...body });
	}

	/** Saves another version of a workflow, without publishing it. */
	async updateWorkflow(id: string, body: WorkflowBody): Promise<{ versionId: string }> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		return await this.call('PATCH', `/rest/workflows/${id}`, { settings: {}, ...body, versionId });
	}

	/**
	 * Activates a workflow and returns when its webhooks answer.
	 * @throws Error if n8n gives up
	 */
	async activate(id: string, versionId: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		await this.isActivated(id);
	}

	/**
	 * Returns when n8n has activated a workflow, also after a start of n8n.
	 * @throws Error if n8n gives up
	 */
	async isActivated(id: string): Promise<void> {
		const path = `/rest/workflows/${id}/publication-status`;
		const ended = await until(async () => {
			const { status } = await this.call<{ status: string }>('GET', path).catch((error: Error) => {
				// Older versions answer the activation only when it is done, and have no such status.
				if (/answered 404/.test(error.message)) return { status: 'published' };
				throw error;
			});
			return status === 'in_progress' ? undefined : status;
		});
		if (ended !== 'published') throw new Error(`The workflow ${id} is ${ended}.`);
	}

	/**
	 * Runs a workflow from its manual trigger to its end, as the editor's button does.
	 *
	 * @param more what the button of a node sends beside the trigger
	 */
	async run(workflowId: string, triggerName: string, more: object = {}): Promise<Execution> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: triggerName }, ...more },
		);
		return await until(async () => {
			const execution = await this.execution(executionId);
			if (['new', 'running', 'waiting'].includes(execution.status)) return undefined;
			return execution;
		});
	}

	async execution(id: string): Promise<Execution> {
		const execution = await this.call<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...execution, data: parseFlatted(execution.data) as IRunExecutionData };
	}

	/** The latest executions of a workflow; n8n lists up to 100. */
	async executionsOf(workflowId: string): Promise<Array<Pick<Execution, 'id' | 'status'>>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Execution[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${filter}`,
		);
		return results;
	}

	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.call('GET', '/types/nodes.json');
	}

	/** The entries of a From List picker. */
	async listSearch({ node, ...query }: ListSearch): Promise<INodeListSearchResult> {
		return await this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			...query,
			path: `parameters.${query.path}`,
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
		});
	}

	/**
	 * One call. n8n wraps most answers in `data`, which this removes.
	 * @throws Error with n8n's own message if the status is not 2xx
	 */
	async call<T>(method: Dispatcher.HttpMethod, path: string, body?: object): Promise<T> {
		const response = await request(this.url + path, {
			dispatcher: freshConnections,
			method,
			headers: {
				'browser-id': this.browserId,
				...(this.cookie ? { cookie: this.cookie } : {}),
				...(body ? { 'content-type': 'application/json' } : {}),
			},
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		const text = await response.body.text();
		this.answers.push(text);
		for (const cookie of [response.headers['set-cookie'] ?? []].flat()) {
			if (cookie.startsWith('n8n-auth=')) this.cookie = cookie.split(';')[0]!;
		}
		if (response.statusCode >= 300) {
			throw new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 500)}`);
		}
		const answer = JSON.parse(text) as T | { data: T };
		return typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
	}
}

/** Repeats a request until there is an answer. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + longestExecution;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error('n8n did not finish within two minutes.');
		await delay(100);
	}
}
