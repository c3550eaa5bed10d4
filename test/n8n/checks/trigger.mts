import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox/server.mts';
import { startRawServer, reply, type RawServer } from '../../support/rawServer.mts';
import {
	addUser,
	changeUser,
	listReads,
	removeUser,
	takeOffline,
} from '../../support/tenantLife.mts';
import { until } from '../../support/until.mts';
import { Published, triggeredWorkflow, triggerName, triggerNode } from '../triggerWorkflow.mts';
import type { CredentialReference } from '../workflow.mts';
import type { Context } from './context.mts';

/** What n8n does with a poll within a second, and between a crash and its restart, is under a minute. */
const PATIENCE = 60_000;
/** How many triggers watch the users of the common tenant. */
const USER_TRIGGERS = 5;
/** In milliseconds. n8n keeps everything that it answered, to be searched for secrets. */
const PAUSE = 150;

/** The trigger in published workflows: polls, a crash, an API that is down, refused access. */
export async function checkTrigger(context: Context): Promise<void> {
	const { report, rest } = context;
	report.section('Appspace Trigger');
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Trigger', context.applicationToken(tenant));
	const publish = async (parameters: IDataObject, nodes: INode[] = [], reference = credential) =>
		await Published.publish(rest, triggeredWorkflow(triggerNode(parameters, reference), nodes));

	await checkTestEvents(context, tenant, credential);

	const down = await Subject.start(context, 'down');
	const refused = await Subject.start(context, 'refused');
	const limited = await Subject.start(context, 'limited', (busy) =>
		busy.fault({ path: 'users', status: 429, times: Infinity }),
	);
	const gate = await Gate.start();
	const [created, updated, deleted, offline, renamed, overwritten] = await Promise.all([
		publish({ event: 'userCreated' }),
		publish({ event: 'userUpdated' }),
		publish({ event: 'userDeleted' }),
		publish({ event: 'deviceOffline', minutes: 0 }),
		publish({ event: 'userCreated' }),
		publish({ event: 'userCreated' }, gate.nodes()),
	]);
	const lives = { created, updated, deleted, offline };
	const staff = tenant.tenant.users.find(({ department }) => department)!;
	const before = staff.department;
	const seen = async (published: Published) => (await published.told()).map(({ id }) => id);

	const expected: Record<keyof typeof lives, string[]> = {
		...{ created: [], updated: [], deleted: [], offline: [] },
	};
	const happen = () => {
		expected.created.push(addUser(tenant).id);
		expected.updated.push(changeUser(staff).id);
		expected.deleted.push(removeUser(tenant, 20).id);
		expected.offline.push(takeOffline(tenant).id);
	};
	const arrive = async () => {
		for (const [name, published] of Object.entries(lives) as Array<
			[keyof typeof lives, Published]
		>) {
			await eventually(`${name} is told`, async () => {
				return (await seen(published)).length >= expected[name].length;
			});
			deepEqual(await seen(published), expected[name], name);
		}
	};

	await report.check('what happens arrives as a separate execution: four events', async () => {
		happen();
		await arrive();
		const [item] = await updated.told();
		equal(item?.trigger.event, 'userUpdated');
		deepEqual(item.trigger.previous, { department: before });
	});
	await report.check(
		'a 429 while the workflow is published delays the trigger, no more',
		async () => {
			ok(limited.tenant.count({ status: 429 }) > 0, 'no 429');
			limited.tenant.clearFaults();
			await limited.isStocked();
			await limited.tellsOne();
		},
	);
	await report.check('a renamed trigger goes on', async () => {
		await eventually('the first user is told', async () => (await seen(renamed)).length === 1);
		await renamed.rename('When somebody is new');
		const { id } = addUser(tenant);
		expected.created.push(id);
		await eventually('the second user is told', async () => (await seen(renamed)).includes(id));
		deepEqual(await seen(renamed), expected.created);
	});
	await report.check('older static data that an execution writes repeats nothing', async () => {
		await eventually('both executions wait', () => gate.waiting === 2);
		gate.open();
		await eventually('both end', async () => (await seen(overwritten)).length === 2);
		await polls(tenant, 3, USER_TRIGGERS);
		deepEqual(await seen(overwritten), expected.created);
	});

	await context.crash(async () => {
		happen();
		down.tenant.fault({ status: 503, times: Infinity });
		down.add();
		refused.tenant.revokeAccessTokens();
		refused.tenant.revokeRefreshToken();
		refused.add();
	});

	await report.check('after kill -9, what happened meanwhile is told once', async () => {
		await arrive();
		await polls(tenant, 3, USER_TRIGGERS);
		await arrive();
		equal(await created.count('success'), expected.created.length, 'executions');
	});
	await report.check(
		'what older static data repeats after kill -9 has its old eventId',
		async () => {
			const last = expected.created.at(-1);
			await eventually('the last is told', async () => (await seen(overwritten)).includes(last));
			const told = await overwritten.told();
			equal(new Set(told.map(({ trigger }) => trigger.eventId)).size, expected.created.length);
		},
	);
	await report.check('Appspace is down when n8n starts: told once when it is back', async () => {
		await eventually('a poll fails', () => down.tenant.count({ status: 503 }) > 0);
		await rest.isActivated(down.published.id);
		down.tenant.clearFaults();
		await down.isTold();
	});
	await report.check(
		'Appspace refuses the credential when n8n starts: told once it is right',
		async () => {
			await eventually('a poll fails', () => refusals(refused.tenant) > 0);
			await rest.isActivated(refused.published.id);
			const refreshToken = refused.tenant.issueRefreshToken();
			await rest.updateCredential(refused.credential.id, { refreshToken });
			await refused.isTold();
		},
	);
	await report.check('no poll failed in an execution', async () => {
		const all = [created, updated, deleted, offline, renamed, overwritten, down.published];
		deepEqual(
			await Promise.all(all.map((one) => one.count('error'))),
			all.map(() => 0),
		);
	});
	await gate.close();
}

/** The Test button of the trigger in the editor. */
async function checkTestEvents(
	{ report, rest }: Context,
	tenant: Sandbox,
	credential: CredentialReference,
): Promise<void> {
	const test = async (parameters: IDataObject) => {
		const body = triggeredWorkflow(triggerNode(parameters, credential));
		const { id } = await rest.createWorkflow(body);
		const execution = await rest.run(id, triggerName);
		equal(execution.status, 'success', execution.data.resultData.error?.message);
		const { runData } = execution.data.resultData;
		return runData[triggerName]?.at(-1)?.data?.main?.[0] ?? [];
	};
	await report.check('a test event in the editor gives samples', async () => {
		const items = await test({ event: 'userCreated' });
		equal(items.length, 3);
		const known = new Set(tenant.tenant.users.map(({ id }) => id));
		ok(items.every(({ json }) => known.has(String(json.id))));
	});
	await report.check('a test event that finds nothing is no error', async () => {
		for (const device of tenant.tenant.devices) device.status = 'Online';
		deepEqual(await test({ event: 'deviceOffline', minutes: 0 }), []);
	});
}

/** A separate tenant with a workflow that tells of new users. */
class Subject {
	private readonly expected: string[] = [];

	private constructor(
		readonly tenant: Sandbox,
		readonly credential: CredentialReference,
		readonly published: Published,
	) {}

	static async start(
		context: Context,
		name: string,
		prepare?: (tenant: Sandbox) => void,
	): Promise<Subject> {
		const tenant = await context.startTenant();
		prepare?.(tenant);
		const credential = await context.createCredential(name, context.applicationToken(tenant));
		const workflow = triggeredWorkflow(triggerNode({ event: 'userCreated' }, credential));
		return new Subject(tenant, credential, await Published.publish(context.rest, workflow));
	}

	add(): void {
		this.expected.push(addUser(this.tenant).id);
	}

	/** Resolves when a list was read, after which changes are noticed. */
	async isStocked(): Promise<void> {
		await eventually('the users are read', () => listReads(this.tenant) > 0);
		await polls(this.tenant, 1);
	}

	async tellsOne(): Promise<void> {
		this.add();
		await this.isTold();
	}

	/** Everything that was added is told, and told once. */
	async isTold(): Promise<void> {
		const told = async () => (await this.published.told()).map(({ id }) => id);
		await eventually('it is told', async () => (await told()).length >= this.expected.length);
		await polls(this.tenant, 2);
		deepEqual(await told(), this.expected);
	}
}

/** Holds executions back until it opens, and then writes their older copy of the static data. */
class Gate {
	private readonly waits: Array<() => void> = [];
	private isOpen = false;
	private server!: RawServer;

	static async start(): Promise<Gate> {
		const gate = new Gate();
		gate.server = await startRawServer(() => (socket) => {
			const pass = () => reply.json({ passed: true })(socket);
			if (gate.isOpen) pass();
			else gate.waits.push(pass);
		});
		return gate;
	}

	get waiting(): number {
		return this.waits.length;
	}

	open(): void {
		this.isOpen = true;
		for (const pass of this.waits) pass();
	}

	nodes(): INode[] {
		const common = { position: [0, 0] as [number, number] };
		return [
			{
				...{ ...common, id: randomUUID(), name: 'Gate', type: 'n8n-nodes-base.httpRequest' },
				...{ typeVersion: 4.2, parameters: { url: this.server.url, options: {} } },
			},
			// The Code node needs a runner in a separate process; this one writes in the same way.
			{
				...{ ...common, id: randomUUID(), name: 'Write', type: 'n8n-nodes-base.function' },
				typeVersion: 1,
				parameters: {
					functionCode:
						"const data = getWorkflowStaticData('global'); data.at = Date.now(); return items;",
				},
			},
		];
	}

	async close(): Promise<void> {
		await this.server.close();
	}
}

/** Calls that the tenant refused, those for a token included. */
function refusals(tenant: Sandbox): number {
	return tenant.count({ status: 401 }) + tenant.count({ status: 403 });
}

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
	await until(what, holds, PATIENCE, PAUSE);
}

/** Resolves after so many more polls of each of the triggers that watch users of this tenant. */
async function polls(tenant: Sandbox, more: number, triggers = 1): Promise<void> {
	const from = listReads(tenant);
	await eventually('more polls', () => listReads(tenant) >= from + more * triggers);
}
