import { randomUUID } from 'node:crypto';
import { deepEqual } from 'node:assert/strict';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { Instance } from '../test/n8n/instance.mts';
import type { WorkflowBody } from '../test/n8n/rest.mts';
import {
	appspaceNode,
	startName,
	workflowOf,
	type CredentialReference,
} from '../test/n8n/workflow.mts';
import { until } from '../test/support/until.mts';
import { compare, type Contender, type Scenario } from './compare.mts';
import { COMPARED_DATASETS, SYNCHRONIZE } from './names.mts';
import type { Figure } from './report.mts';
import { CHANGES, directoryOf, listFor, readUsers, type ListFromHr } from './staff.mts';
import type { BenchTenant } from './tenant.mts';

const PAGE = 100;
/** Requests beside those for pages and changes: what the service can do, and what RFC 7644 leaves open. */
const OTHER_REQUESTS = 5;
const PATIENCE = 600_000;

/**
 * Makes the users of a tenant agree with a list from HR, in the real n8n: with Synchronize, and with what
 * people build without it. Each run begins with the same tenant, and has to leave the wanted one behind.
 *
 * @param latency how long Appspace takes to respond, in milliseconds
 * @throws Error if a contender does not do the whole task
 */
export async function synchronizeScenario(
	{ rest }: Instance,
	tenant: BenchTenant,
	latency: number,
	rounds: number,
): Promise<{ scenario: Scenario; figures: Figure[] }> {
	await tenant.reset();
	const before = await readUsers(tenant);
	const list = listFor(before);
	const name = 'Benchmark over SCIM';
	const data = { baseUrl: tenant.url, scimToken: tenant.scimToken };
	const id = await rest.createCredential({ name, type: 'appspaceScimApi', data });
	const credential = { id, name };

	const requests = new Map<string, number>();
	const contender = async (called: string, body: WorkflowBody): Promise<Contender> => {
		const workflow = await rest.createWorkflow(body);
		const run = async () => {
			await tenant.reset();
			await tenant.set({ latency, loggedLoad: 100_000 });
			const ms = await timeOf(rest, workflow.id);
			requests.set(called, (await tenant.takeLoad()).length);
			await tenant.set({ latency: 0, loggedLoad: 0 });
			deepEqual(directoryOf(await readUsers(tenant)), list.wanted, `${called} did something else`);
			return ms;
		};
		return { name: called, records: before.length, run };
	};
	const contenders = [
		await contender(SYNCHRONIZE, synchronizing(list, credential)),
		await contender(COMPARED_DATASETS, comparing(list, credential)),
	];
	const results = await compare(contenders, rounds);
	const users = before.length.toLocaleString('en-US');
	const title = `${users} users and a list with ${CHANGES} changes`;
	const most = Math.ceil(before.length / PAGE) + CHANGES + OTHER_REQUESTS;
	return {
		scenario: { name: 'synchronize', title, latency, results },
		figures: [...requests].map(([called, value]) => ({
			...{ what: `${called}: ${users} users, ${CHANGES} changes`, value, unit: 'requests' },
			...(called === SYNCHRONIZE && { goal: most }),
		})),
	};
}

/** One run of a workflow, in milliseconds, as n8n measures it. */
async function timeOf(rest: Instance['rest'], id: string): Promise<number> {
	const { executionId } = await rest.call<{ executionId: string }>(
		'POST',
		`/rest/workflows/${id}/run`,
		{ triggerToStartFrom: { name: startName } },
	);
	// A list of executions holds no items, so asking for it takes no time from n8n.
	const isOver = async () => {
		const found = (await rest.executionsOf(id)).find((one) => one.id === executionId);
		return found !== undefined && !['new', 'running', 'waiting'].includes(found.status);
	};
	await until('the workflow ends', isOver, PATIENCE, 100);
	const { status, startedAt, stoppedAt, data } = await rest.execution(executionId);
	rest.answers.length = 0;
	if (status !== 'success') throw new Error(`${status}: ${data.resultData.error?.message}`);
	return Date.parse(stoppedAt) - Date.parse(startedAt);
}

const OF_THE_LIST = {
	userName: '={{ $json.userName }}',
	additionalFields: {
		displayName: '={{ $json.displayName }}',
		department: '={{ $json.department }}',
	},
};

function synchronizing({ rows }: ListFromHr, credential: CredentialReference): WorkflowBody {
	const parameters = { operation: 'synchronize', mode: 'apply', scope: 'all', ...OF_THE_LIST };
	return workflowOf(appspaceNode({ resource: 'scimUser', ...parameters }, credential), rows);
}

/** What people build: the users who can sign in beside the list, and a branch for each difference. */
function comparing({ rows }: ListFromHr, credential: CredentialReference): WorkflowBody {
	const appspace = (name: string, parameters: IDataObject): INode => ({
		...appspaceNode({ resource: 'scimUser', ...parameters }, credential),
		...{ id: randomUUID(), name },
	});
	const isActive = { attribute: 'active', operator: 'eq', value: 'true' };
	const users = {
		...appspace('Get Many', {
			...{ operation: 'getAll', returnAll: true },
			filters: { conditions: { condition: [isActive] } },
		}),
		executeOnce: true,
	};
	const compared: INode = {
		...{ id: randomUUID(), name: 'Compare Datasets', position: [0, 0] },
		...{ type: 'n8n-nodes-base.compareDatasets', typeVersion: 2.3 },
		parameters: {
			mergeByFields: { values: [{ field1: 'userName', field2: 'userName' }] },
			resolve: 'preferInput1',
			options: { skipFields: 'id, firstName, lastName, email, active, title' },
		},
	};
	const { additionalFields, ...userName } = OF_THE_LIST;
	const written = appspace('Create or Update', {
		...{ operation: 'upsert', ...userName },
		additionalFields: { ...additionalFields, active: true },
	});
	const scimUserId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const locked = appspace('Deactivate', { operation: 'deactivate', scimUserId });
	const to = (node: INode, index = 0) => ({ node: node.name, type: 'main' as const, index });
	const body = workflowOf(users, rows);
	const connections: IConnections = {
		[startName]: { main: [[to(compared), to(users)]] },
		[users.name]: { main: [[to(compared, 1)]] },
		// In the list only, the same, different, in Appspace only.
		[compared.name]: { main: [[to(written)], [], [to(written)], [to(locked)]] },
	};
	return { ...body, nodes: [...body.nodes, compared, written, locked], connections };
}
