import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parse as parseFlatted } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import { Agent, request } from 'undici';

import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { exchangesOf, type Case } from './cases.mts';
import type { Cluster } from './cluster.mts';
import { webhookWorkflow } from './workflow.mts';

/** The result of one burst of executions. */
export interface Outcome {
	executions: number;
	/** Requests that arrived, including those for tokens. */
	calls: number;
	/** The messages of the failed executions. */
	failures: string[];
	/** How many went down with a killed worker: n8n does not give them to another one. */
	wentDown: number;
	/** Exchanges that were granted and refused, by process. */
	exchanges: Map<string, { granted: number; refused: number }>;
	/** Whether the next renewal sends the refresh token that the tenant considers current, and succeeds. */
	endsCurrent: boolean;
	/** Milliseconds from the first call to the last answer. */
	took: number;
}

/** In seconds. Long enough to start the executions before it ends, short enough to wait for. */
const SHORT_LIFE = 4;
/** In milliseconds. */
const OUTCOMES_ARE_KEPT = 10_500;
/** The time limit for an execution whose worker was killed. */
const agent = new Agent({ headersTimeout: 90_000, bodyTimeout: 90_000 });

/** Plays a case once, with a separate tenant, credential, and workflow. */
export async function playRound(
	cluster: Cluster,
	subject: Case,
	executions: number,
): Promise<Outcome> {
	const tenant = await startSandbox({ users: 20, channels: 10, devices: 5 });
	try {
		tenant.set({ latency: 100, ...subject.settings });
		const call = await openWebhook(cluster, tenant);
		await prepareToken(cluster, tenant, subject, call);
		tenant.clearRequests();
		for (const fault of subject.faults ?? []) tenant.fault(fault);

		const began = Date.now();
		const all = Promise.all(Array.from({ length: executions }, call));
		const timed = all.then(() => Date.now() - began);
		const [answers, took] = await Promise.all([all, timed, happen(cluster, tenant, subject, all)]);
		const exchanges = countExchanges(tenant);
		const calls = tenant.requests.length;
		const failed = answers.filter((answer) => answer !== undefined);
		const told = failed.length > 0 ? await failuresIn(cluster, call.workflowId) : [];
		const said = [...told, ...failed.slice(told.length)];
		const failures = said.filter((text) => !WENT_DOWN.test(text));
		const wentDown = said.length - failures.length;
		return {
			...{ executions, calls, failures, wentDown, exchanges, took },
			endsCurrent: await endsCurrent(tenant, call),
		};
	} finally {
		await tenant.close();
	}
}

/** n8n's message for an execution whose worker is gone: it sets the number of further tries to 0. */
const WENT_DOWN = /failed to be processed too many times/;

/** Runs the workflow once; returns n8n's answer if it fails. */
type CallWebhook = (() => Promise<string | undefined>) & { workflowId: string };

async function openWebhook({ rest, url }: Cluster, tenant: Sandbox): Promise<CallWebhook> {
	const { url: baseUrl, subjectId, refreshToken } = tenant;
	const data = { baseUrl, authentication: 'applicationToken', subjectId, refreshToken };
	const name = 'Queue mode';
	const id = await rest.createCredential({ name, type: 'appspaceApi', data });
	const path = randomUUID();
	const workflow = await rest.createWorkflow(webhookWorkflow(path, { id, name }));
	await rest.activate(workflow.id, workflow.versionId);
	const call = async () => {
		const { statusCode, body } = await request(`${url}/webhook/${path}`, { dispatcher: agent });
		const text = await body.text();
		return statusCode === 200 ? undefined : `${statusCode} ${text}`;
	};
	return Object.assign(call, { workflowId: workflow.id });
}

/** Why executions of a workflow failed, in n8n's own words; n8n lists up to 100. */
async function failuresIn({ rest }: Cluster, workflowId: string): Promise<string[]> {
	const filter = JSON.stringify({ workflowId, status: ['error', 'crashed', 'canceled'] });
	const { results } = await rest.call<{ results: Array<{ id: string; status: string }> }>(
		'GET',
		`/rest/executions?limit=100&filter=${encodeURIComponent(filter)}`,
	);
	return await Promise.all(
		results.map(async ({ id, status }) => {
			const { data } = await rest.call<{ data: string }>('GET', `/rest/executions/${id}`);
			const { resultData } = parseFlatted(data) as IRunExecutionData;
			const { message, description } = resultData.error ?? {};
			return [status, resultData.lastNodeExecuted, message, description].filter(Boolean).join(': ');
		}),
	);
}

async function prepareToken(
	cluster: Cluster,
	tenant: Sandbox,
	{ token }: Case,
	call: CallWebhook,
): Promise<void> {
	if (token === 'none') return;
	const { tokenLatency } = tenant.settings;
	tenant.set({ tokenLifetime: token === 'valid' ? 3_600 : SHORT_LIFE, tokenLatency: 0 });
	const failure = await call();
	if (failure) {
		const [why = failure] = await failuresIn(cluster, call.workflowId);
		throw new Error(`The execution that fetches the first token failed: ${why}`);
	}
	const fetched = exchangesOf(tenant).at(-1)!.at;
	const lives = { valid: 0, expired: SHORT_LIFE, 'expires on the way': 0.7 * SHORT_LIFE }[token];
	await delay(Math.max(0, fetched + lives * 1_000 - Date.now()));
	tenant.set({ tokenLifetime: 3_600, tokenLatency });
}

async function happen(
	cluster: Cluster,
	tenant: Sandbox,
	{ event }: Case,
	all: Promise<unknown>,
): Promise<void> {
	if (!event) return;
	let over = false;
	void all.finally(() => (over = true));
	while (!over && tenant.requests.filter(({ status }) => status === 200).length < event.after) {
		await delay(10);
	}
	if (event.does === 'revoke') return tenant.revokeAccessTokens();
	await cluster.endWorker?.(event.does === 'kill a worker' ? 'SIGKILL' : 'SIGTERM', all);
}

function countExchanges(tenant: Sandbox): Outcome['exchanges'] {
	const counts: Outcome['exchanges'] = new Map();
	for (const { headers, status } of exchangesOf(tenant)) {
		const name = headers['x-n8n-process'] ?? 'unknown';
		const count = counts.get(name) ?? { granted: 0, refused: 0 };
		if (status === 200) count.granted++;
		if (status === 401 || status === 403) count.refused++;
		counts.set(name, count);
	}
	return counts;
}

/** Forces one more renewal, which sends what the database contains. */
async function endsCurrent(tenant: Sandbox, call: CallWebhook): Promise<boolean> {
	const current = tenant.refreshToken;
	tenant.clearFaults();
	tenant.revokeAccessTokens();
	tenant.clearRequests();
	let failure = await call();
	if (exchangesOf(tenant).length === 0) {
		// The outcome of an earlier exchange still counted; see credentials/auth/pendingRenewals.ts.
		await delay(OUTCOMES_ARE_KEPT);
		failure = await call();
	}
	const [first] = exchangesOf(tenant);
	const { refreshToken } = (first?.body ?? {}) as { refreshToken?: string };
	return failure === undefined && refreshToken === current;
}
