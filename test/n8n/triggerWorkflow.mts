import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';

import type { EventItem } from '../support/triggerEngine.mts';
import type { N8nRest, WorkflowBody } from './rest.mts';
import { outputOf, type CredentialReference } from './workflow.mts';

export const triggerNodeType = 'n8n-nodes-appspace.appspaceTrigger';
export const triggerName = 'Appspace Trigger';

/**
 * Polls each second. n8n refuses the cron expression for that, but it takes an entry for each second of a
 * minute.
 */
export const EACH_SECOND = {
	item: Array.from({ length: 60 }, (_, second) => {
		return { mode: 'custom', cronExpression: `${second} * * * * *` };
	}),
};

/** An Appspace Trigger that polls each second. */
export function triggerNode(parameters: IDataObject, credential: CredentialReference): INode {
	return {
		id: randomUUID(),
		name: triggerName,
		type: triggerNodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: { pollTimes: EACH_SECOND, ...parameters } as INode['parameters'],
		credentials: { appspaceApi: credential },
	};
}

/** A workflow that starts with this trigger and goes on with these nodes, one after another. */
export function triggeredWorkflow(trigger: INode, nodes: INode[] = []): WorkflowBody {
	const all = [trigger, ...nodes];
	const connections: WorkflowBody['connections'] = {};
	for (const [index, { name: node }] of nodes.entries()) {
		connections[all[index]!.name] = { main: [[{ node, type: 'main', index: 0 }]] };
	}
	return { name: `Trigger: ${String(trigger.parameters.event)}`, nodes: all, connections };
}

/** A published workflow that starts with a trigger. */
export class Published {
	private readonly seen = new Map<string, EventItem[]>();

	private constructor(
		private readonly rest: N8nRest,
		readonly id: string,
		private body: WorkflowBody,
	) {}

	/** Publishes a workflow; resolves when n8n says that it is published. */
	static async publish(rest: N8nRest, body: WorkflowBody): Promise<Published> {
		const { id } = await rest.createWorkflow(body);
		return await Published.publishSaved(rest, id);
	}

	/** Publishes a workflow that n8n has already, such as an imported one. */
	static async publishSaved(rest: N8nRest, id: string): Promise<Published> {
		const path = `/rest/workflows/${id}`;
		const body = await rest.call<WorkflowBody & { versionId: string }>('GET', path);
		await rest.activate(id, body.versionId);
		const { name, nodes, connections } = body;
		return new Published(rest, id, { name, nodes, connections });
	}

	/** How many polls with events the state knows that n8n has saved with the workflow. */
	async savedEmissions(): Promise<number> {
		const path = `/rest/workflows/${this.id}`;
		const { staticData } = await this.rest.call<{ staticData: IDataObject | null }>('GET', path);
		const own = (staticData?.[`node:${triggerName}`] ?? {}) as { state?: string };
		return Number(own.state?.split(' ')[4] ?? 0);
	}

	/** Saves the workflow with another name for its trigger, and publishes it again. */
	async rename(name: string): Promise<void> {
		const [trigger, ...nodes] = this.body.nodes;
		this.body = { ...triggeredWorkflow({ ...trigger!, name }, nodes), name: this.body.name };
		const { versionId } = await this.rest.updateWorkflow(this.id, this.body);
		await this.rest.activate(this.id, versionId);
	}

	/** The items of all executions that succeeded, in the order in which these started. */
	async told(): Promise<EventItem[]> {
		const trigger = this.body.nodes[0]!.name;
		for (const { id, status } of await this.rest.executionsOf(this.id)) {
			if (this.seen.has(id) || status !== 'success') continue;
			const items = outputOf(await this.rest.execution(id), trigger);
			this.seen.set(
				id,
				items.map(({ json }) => json as EventItem),
			);
		}
		const ids = [...this.seen.keys()].sort((left, right) => Number(left) - Number(right));
		return ids.flatMap((id) => this.seen.get(id) ?? []);
	}

	/** How many executions ended in this way. */
	async count(status: string): Promise<number> {
		const all = await this.rest.executionsOf(this.id);
		return all.filter((execution) => execution.status === status).length;
	}
}
