import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, ITaskData } from 'n8n-workflow';
import type { WorkflowBody } from '../test/n8n/rest.mts';
import type { Instance } from '../test/n8n/instance.mts';
import {
	appspaceNode,
	httpRequestNode,
	outputOf,
	startName,
	workflowOf,
	type CredentialReference,
} from '../test/n8n/workflow.mts';
import { timed, type Contender } from './compare.mts';
import { APPSPACE, HTTP_CREDENTIAL, HTTP_STATIC } from './names.mts';
import type { BenchTenant } from './tenant.mts';

const USER_ID = { __rl: true, mode: 'id', value: '={{ $json.userId }}' };

/** One run: how long it took, and how many items did not come through. */
export type UnderLoad = () => Promise<{ ms: number; lost: number }>;

/** Tasks for the real n8n. A run takes as long as n8n says that the node took. */
export class InN8n {
	private constructor(
		private readonly instance: Instance,
		private readonly tenant: BenchTenant,
		private readonly credential: CredentialReference,
	) {}

	static async open(instance: Instance, tenant: BenchTenant): Promise<InN8n> {
		const { url: baseUrl, subjectId, refreshToken } = tenant;
		const name = 'Benchmark';
		const data = { baseUrl, authentication: 'applicationToken', subjectId, refreshToken };
		const id = await instance.rest.createCredential({ name, type: 'appspaceApi', data });
		return new InN8n(instance, tenant, { id, name });
	}

	/** Gets a user for each item. */
	async items(ids: string[], options: IDataObject = {}): Promise<Contender> {
		const node = this.appspace('get', {
			userId: USER_ID,
			options,
		});
		return await this.contender(APPSPACE, node, ids.length, ids);
	}

	async httpItems(ids: string[]): Promise<Contender> {
		const node = httpRequestNode(this.userUrl(), this.credential);
		return await this.contender(HTTP_CREDENTIAL, node, ids.length, ids);
	}

	/** Without a credential and its cost: the header is part of the workflow. */
	async staticItems(ids: string[]): Promise<Contender> {
		const { credentials: _, ...node } = httpRequestNode(this.userUrl(), this.credential);
		const value = `Bearer ${await this.tenant.accessToken()}`;
		node.parameters = {
			url: this.userUrl(),
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value }] },
			options: {},
		};
		return await this.contender(HTTP_STATIC, node, ids.length, ids);
	}

	/** Lists all users of the tenant. */
	async list(users: number, pageSize: number, options: IDataObject = {}): Promise<Contender> {
		const node = this.appspace('getAll', { returnAll: true, options: { pageSize, ...options } });
		return await this.contender(APPSPACE, node, users);
	}

	/** The same with the pagination of the HTTP Request node, which outputs an item per page. */
	async httpList(users: number, pageSize: number): Promise<Contender> {
		const node = httpRequestNode(`${this.tenant.url}/api/v3/users`, this.credential);
		const start = { type: 'qs', name: 'start', value: `={{ $pageCount * ${pageSize} }}` };
		Object.assign(node.parameters, {
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'limit', value: String(pageSize) }] },
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: { parameters: [start] },
						paginationCompleteWhen: 'other',
						completeExpression: `={{ $response.body.items.length < ${pageSize} }}`,
					},
				},
			},
		});
		return await this.contender(HTTP_CREDENTIAL, node, users);
	}

	/** The same in a loop, so many items at a time: each batch is a separate run. */
	async loop(ids: string[], batch: number, options: IDataObject = {}): Promise<Contender> {
		const node = this.appspace('get', { userId: USER_ID, options });
		return await this.contender(APPSPACE, node, ids.length, ids, batch);
	}

	/** Gets a user for each item from a tenant that may refuse; failed items are put out too. */
	async patient(ids: string[], options: IDataObject = {}): Promise<UnderLoad> {
		return await this.underLoad(this.appspace('get', { userId: USER_ID, options }), ids);
	}

	async httpPatient(ids: string[]): Promise<UnderLoad> {
		return await this.underLoad(httpRequestNode(this.userUrl(), this.credential), ids);
	}

	private async underLoad(node: INode, ids: string[]): Promise<UnderLoad> {
		const items = ids.map((userId) => ({ userId }));
		const { rest } = this.instance;
		const body = workflowOf({ ...node, onError: 'continueRegularOutput' }, items);
		const { id } = await rest.createWorkflow(body);
		return async () => {
			const execution = await rest.run(id, startName);
			const output = outputOf(execution, node.name);
			rest.answers.length = 0;
			const [task] = execution.data.resultData.runData[node.name] as ITaskData[];
			const brought = output.filter(({ json }) => 'id' in json).length;
			return { ms: task?.executionTime ?? NaN, lost: ids.length - brought };
		};
	}

	/** A page of the list behind a picker, as the editor requests it. */
	picker(name: string, filter?: string): Contender {
		const node = this.appspace('get', {});
		return {
			name,
			records: 1,
			run: async () =>
				await timed(async () => {
					const query = { node, path: 'userId', methodName: 'searchUsers', filter };
					const { results } = await this.instance.rest.listSearch(query);
					if (results.length === 0) throw new Error('The picker found nothing.');
				}),
		};
	}

	private appspace(operation: string, parameters: IDataObject): INode {
		const all = { resource: 'user', operation, simplify: false, ...parameters };
		return appspaceNode(all, this.credential);
	}

	private userUrl(): string {
		return `=${this.tenant.url}/api/v3/users/{{ $json.userId }}`;
	}

	private async contender(
		name: string,
		node: INode,
		records: number,
		ids?: string[],
		batch?: number,
	): Promise<Contender> {
		const { rest } = this.instance;
		const items = ids?.map((userId) => ({ userId }));
		const workflow = workflowOf(node, items);
		const { id } = await rest.createWorkflow(batch ? inLoop(workflow, node, batch) : workflow);
		const run = async () => {
			const execution = await rest.run(id, startName);
			const output = outputOf(execution, batch ? LOOP : node.name);
			const brought = output.reduce(
				(sum, { json }) => sum + (Array.isArray(json.items) ? json.items.length : 1),
				0,
			);
			// n8n's answers are kept for the search for secrets; here they would only fill the memory.
			rest.answers.length = 0;
			if (brought !== records) throw new Error(`${name} brought ${brought} records.`);
			const tasks = execution.data.resultData.runData[node.name] as ITaskData[];
			return tasks.reduce((sum, { executionTime }) => sum + executionTime, 0);
		};
		return { name, records, run };
	}
}

const LOOP = 'Loop Over Items';

/** The same workflow with n8n's loop around its node. */
function inLoop(workflow: WorkflowBody, node: INode, batchSize: number): WorkflowBody {
	const loop: INode = {
		...{ id: randomUUID(), name: LOOP, type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 },
		...{ position: [110, 0], parameters: { batchSize, options: {} } },
	};
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		...workflow,
		nodes: [...workflow.nodes, loop],
		connections: {
			[startName]: { main: [to(LOOP)] },
			// What is done comes first, the next batch second.
			[LOOP]: { main: [[], to(node.name)] },
			[node.name]: { main: [to(LOOP)] },
		},
	};
}
