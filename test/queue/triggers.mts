import { deepEqual, equal } from 'node:assert/strict';

import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { Report } from '../n8n/report.mts';
import { Published, triggeredWorkflow, triggerNode } from '../n8n/triggerWorkflow.mts';
import { addUser, changeUser, listReads, removeUser } from '../support/tenantLife.mts';
import { until } from '../support/until.mts';
import type { Cluster } from './cluster.mts';

/** n8n's scheduler that keeps the state of polls in a table; it looks for due polls each second here. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '1',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
};
const EVENTS = ['userCreated', 'userUpdated', 'userDeleted'] as const;
/** How many records each event happens to at a time. */
const AT_ONCE = 8;
const PATIENCE = 60_000;
const PAUSE = 150;

type Ids = Record<(typeof EVENTS)[number], string[]>;

/**
 * Published triggers in queue mode: the main process polls, workers run the executions. It is killed twice,
 * and starts again with the scheduler that has durable cursors.
 */
export async function playTriggers(cluster: Cluster, report: Report): Promise<void> {
	const { crashMain } = cluster;
	if (!crashMain) return;
	const tenant = await startSandbox({ users: 60, channels: 5, devices: 5 });
	try {
		const life = await Life.begin(cluster, tenant);
		await report.check('triggers: each event is told once', async () => {
			life.happen();
			await life.isTold();
		});
		await report.check('main killed, durable cursors switched on: told once', async () => {
			// n8n saves the state of a trigger without waiting for it.
			await life.isSaved();
			await crashMain(() => life.happen(), DURABLE);
			await life.isTold();
		});
		await report.check('durable cursors: each event is told once', async () => {
			life.happen();
			await life.isTold();
		});
		await report.check('durable cursors, main killed: told once', async () => {
			await crashMain(() => life.happen());
			await life.isTold();
			equal(await life.failures(), 0, 'failed executions');
		});
	} finally {
		await tenant.close();
	}
}

/** What happens in a tenant, and the workflows that must tell it. */
class Life {
	private readonly expected: Ids = { userCreated: [], userUpdated: [], userDeleted: [] };

	private constructor(
		private readonly tenant: Sandbox,
		private readonly published: Record<keyof Ids, Published>,
	) {}

	static async begin({ rest }: Cluster, tenant: Sandbox): Promise<Life> {
		const { url: baseUrl, subjectId, refreshToken } = tenant;
		const data = { baseUrl, authentication: 'applicationToken', subjectId, refreshToken };
		const name = 'Triggers';
		const id = await rest.createCredential({ name, type: 'appspaceApi', data });
		const publish = async (event: string) =>
			await Published.publish(rest, triggeredWorkflow(triggerNode({ event }, { id, name })));
		const [userCreated, userUpdated, userDeleted] = await Promise.all(EVENTS.map(publish));
		return new Life(tenant, {
			userCreated: userCreated!,
			userUpdated: userUpdated!,
			userDeleted: userDeleted!,
		});
	}

	/** Adds, changes, and removes some users. */
	happen(): void {
		const { users } = this.tenant.tenant;
		for (let index = 0; index < AT_ONCE; index++) {
			this.expected.userCreated.push(addUser(this.tenant).id);
			this.expected.userUpdated.push(changeUser(users[index + 1]!).id);
			this.expected.userDeleted.push(removeUser(this.tenant, AT_ONCE + 5).id);
		}
	}

	/** All of it is told, and none of it again in two more polls of each trigger. */
	async isTold(): Promise<void> {
		for (const event of EVENTS) {
			const isTold = async () => (await this.told(event)).length >= this.expected[event].length;
			await until(`${event} is told`, isTold, PATIENCE, PAUSE);
		}
		const from = listReads(this.tenant);
		const arePolled = () => listReads(this.tenant) >= from + 2 * EVENTS.length;
		await until('two more polls', arePolled, PATIENCE, PAUSE);
		for (const event of EVENTS) {
			deepEqual(await this.told(event), [...this.expected[event]].sort(), event);
		}
	}

	/** n8n has saved the state that belongs to what was told. */
	async isSaved(): Promise<void> {
		for (const [event, published] of Object.entries(this.published)) {
			const isSaved = async () => (await published.savedEmissions()) > 0;
			await until(`the state of ${event} is saved`, isSaved, PATIENCE, PAUSE);
		}
	}

	async failures(): Promise<number> {
		const all = Object.values(this.published).map((one) => one.count('error'));
		return (await Promise.all(all)).reduce((sum, count) => sum + count, 0);
	}

	private async told(event: keyof Ids): Promise<string[]> {
		return (await this.published[event].told()).map(({ id }) => String(id)).sort();
	}
}
