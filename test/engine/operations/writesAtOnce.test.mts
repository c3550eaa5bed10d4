import type { IDataObject } from 'n8n-workflow';
import { ENTERPRISE } from '../../../sandbox/scim/accounts.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { exampleFor, prepare, SUBJECTS } from '../../faults/examples.mts';
import { apiCalls, appspaceNode, locators } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import type { RunResult } from '../../support/runResult.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { EVERYTHING, startScimFront, type ScimFront } from '../../support/scimFront.mts';
import { until } from '../../support/until.mts';

const PUBLISH_TO = /\/publishto$/;

type Tenant = Sandbox['tenant'];
type Execution = [operation: `${string}.${string}`, parameters: Record<string, unknown>];

/** Executions that start together and change the same record. */
interface Case {
	name: string;
	executions: (tenant: Tenant) => Execution[];
	/** For each execution whether its change is there. */
	done: (tenant: Tenant, before: Tenant) => boolean[];
}

let sandbox: Sandbox;
let front: ScimFront;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox({ users: 12, settings: { latency: 10 } });
	prepare(sandbox.tenant);
	front = await startScimFront(sandbox.scimUrl);
	credentials = sandboxCredential(sandbox);
	credentials.write('scim', { baseUrl: front.url });
});
afterEach(async () => {
	await front.close();
	await sandbox.close();
});

const start = async ([operation, parameters]: Execution, more: object = {}): Promise<RunResult> =>
	await run({ credentials, nodes: [appspaceNode(operation, parameters)], ...more });

const fields = (tenant: Tenant) => tenant.visitorConfiguration.visitorFields.map(({ id }) => id);
const firstUser = (tenant: Tenant) => tenant.scimUsers[1]!;
const customValues = ({ visitors }: Tenant) =>
	Object.fromEntries(visitors[0]!.customFields.map(({ id, value }) => [id, value]));
const present = ({ publishTo, channels }: Tenant) =>
	publishTo[channels[1]!.id]!.map(({ targetId }) => targetId);
const members = ({ scimGroups }: Tenant) =>
	(scimGroups[0]!.members ?? []).map(({ value }) => value);
/** Users who are not in the first group yet. */
const outside = (tenant: Tenant) =>
	tenant.scimUsers.filter(({ id }) => !members(tenant).includes(id)).map(({ id }) => id);
const scimUserId = (tenant: Tenant) => firstUser(tenant).id;

const CASES: Case[] = [
	{
		name: 'publish targets, added and added',
		executions: ({ channels, devices }) =>
			[2, 3, 4].map((index) => [
				'channel.addPublishTargets',
				{ channelId: channels[1]!.id, deviceIds: locators(devices[index]!.id) },
			]),
		done: (tenant) => [2, 3, 4].map((index) => present(tenant).includes(tenant.devices[index]!.id)),
	},
	{
		name: 'publish targets, added and removed',
		executions: (tenant) => [
			[
				'channel.addPublishTargets',
				{ channelId: tenant.channels[1]!.id, deviceIds: locators(tenant.devices[5]!.id) },
			],
			[
				'channel.removePublishTargets',
				{ channelId: tenant.channels[1]!.id, deviceIds: locators(tenant.devices[0]!.id) },
			],
		],
		done: (tenant) => [
			present(tenant).includes(tenant.devices[5]!.id),
			!present(tenant).includes(tenant.devices[0]!.id),
		],
	},
	{
		name: 'custom fields of a visitor',
		executions: (tenant) =>
			fields(tenant).map((id) => [
				'visitor.update',
				{
					visitorId: tenant.visitors[0]!.id,
					updateFields: { customFields: { field: [{ id, value: `of ${id}` }] } },
				},
			]),
		done: (tenant) => fields(tenant).map((id) => customValues(tenant)[id] === `of ${id}`),
	},
	{
		name: 'attributes of a user over SCIM',
		executions: (tenant) => [
			['scimUser.update', { scimUserId: scimUserId(tenant), updateFields: { title: 'T' } }],
			['scimUser.update', { scimUserId: scimUserId(tenant), updateFields: { department: 'D' } }],
			['scimUser.update', { scimUserId: scimUserId(tenant), updateFields: { mobilePhone: '+1' } }],
			['scimUser.update', { scimUserId: scimUserId(tenant), updateFields: { workPhone: '+2' } }],
			['scimUser.deactivate', { scimUserId: scimUserId(tenant) }],
			[
				'scimUser.upsert',
				{ userName: firstUser(tenant).userName, additionalFields: { nickName: 'N' } },
			],
			[
				'scimUser.upsert',
				{ userName: firstUser(tenant).userName, additionalFields: { division: 'V' } },
			],
		],
		done: (tenant) => {
			const user = firstUser(tenant) as unknown as Record<string, unknown>;
			const extension = (user[ENTERPRISE] ?? {}) as Record<string, unknown>;
			const phones = ((user.phoneNumbers ?? []) as IDataObject[]).map(({ value }) => value);
			return [
				...[user.title === 'T', extension.department === 'D'],
				...[phones.includes('+1'), phones.includes('+2'), user.active === false],
				...[user.nickName === 'N', extension.division === 'V'],
			];
		},
	},
	{
		name: 'members and name of a group over SCIM',
		executions: (tenant) => {
			const scimGroupId = tenant.scimGroups[0]!.id;
			const [first, second] = outside(tenant);
			return [
				['scimGroup.addMembers', { scimGroupId, memberIds: locators(first) }],
				['scimGroup.addMembers', { scimGroupId, memberIds: locators(second) }],
				['scimGroup.removeMembers', { scimGroupId, memberIds: locators(members(tenant)[0]) }],
				['scimGroup.update', { scimGroupId, updateFields: { displayName: 'Renamed' } }],
			];
		},
		done: (tenant, before) => {
			const [first, second] = outside(before);
			return [
				members(tenant).includes(first!),
				members(tenant).includes(second!),
				!members(tenant).includes(members(before)[0]!),
				tenant.scimGroups[0]!.displayName === 'Renamed',
			];
		},
	},
	{
		name: 'fields of a card template',
		executions: ({ cardTemplates }) => [
			[
				'cardTemplate.update',
				{ cardTemplateId: cardTemplates[0]!.id, updateFields: { name: 'Renamed' } },
			],
			[
				'cardTemplate.update',
				{ cardTemplateId: cardTemplates[0]!.id, updateFields: { theme: '{"a":1}' } },
			],
		],
		done: ({ cardTemplates }) => [
			cardTemplates[0]!.name === 'Renamed',
			JSON.stringify(cardTemplates[0]!.theme) === '{"a":1}',
		],
	},
	{
		name: 'properties of a device',
		executions: ({ devices }) =>
			['first', 'second', 'THIRD', 'third'].map((key) => [
				'deviceProperty.set',
				{
					deviceId: devices[0]!.id,
					properties: { property: [{ key, value: key.toLowerCase() }] },
				},
			]),
		done: ({ properties, devices }) => {
			const own = properties[devices[0]!.id] ?? [];
			return ['first', 'second', 'third', 'third'].map(
				(wanted) =>
					own.filter(({ key, value }) => key.toLowerCase() === wanted && value === wanted)
						.length === 1,
			);
		},
	},
	{
		name: 'library settings of a group',
		executions: ({ userGroups }) => {
			const userGroupId = userGroups[0]!.id;
			const set = (updateFields: object): Execution => [
				'userGroup.updateLibrarySettings',
				{ userGroupId, updateFields },
			];
			return [
				set({ isLibraryEnabled: false }),
				set({ contentExpiryDuration: 17 }),
				set({ contentExpiryType: 'Any' }),
			];
		},
		done: ({ userGroups }) => {
			const { isLibraryEnabled, libraryConfiguration } = userGroups[0]!;
			return [
				!isLibraryEnabled,
				libraryConfiguration?.contentExpiryDuration === 17,
				libraryConfiguration?.contentExpiryType === 'Any',
			];
		},
	},
];

describe.each([
	['PATCH', EVERYTHING],
	['PUT alone', { ...EVERYTHING, patch: false }],
])('executions at once, the service of users having %s', (_, options) => {
	it.each(CASES)('$name: both changes are there', async ({ executions, done }) => {
		front.options = options;
		sandbox.tenant.publishTo[sandbox.tenant.channels[1]!.id] = [0, 1].map((index) => ({
			...{ id: `of ${index}`, targetId: sandbox.tenant.devices[index]!.id, targetType: 7 },
			...{ createdAt: '2025-01-01T00:00:00.000Z', createdBy: 'somebody' },
		}));
		const before = structuredClone(sandbox.tenant);
		const results = await Promise.all(
			executions(sandbox.tenant).map(async (execution) => await start(execution)),
		);
		expect(results.map(({ error }) => error)).toEqual(results.map(() => undefined));
		expect(done(sandbox.tenant, before)).toEqual(results.map(() => true));
	});
});

const lines = () => apiCalls(sandbox).map(({ method, path }) => ({ method, path }));

/** Paths that one execution of an operation reads and then writes. */
function readThenWritten(calls: ReturnType<typeof lines>): string[] {
	const written = calls.filter(({ method }) => method === 'PUT' || method === 'PATCH');
	return written
		.map(({ path }) => path)
		.filter((path) => calls.some((call) => call.path === path && call.method === 'GET'));
}

describe('two executions of the same operation', () => {
	const writing = SUBJECTS.filter(({ operation }) => operation.effect !== 'read');

	it.each(writing)(
		'$name: what is read and then written is not written in between',
		async (subject) => {
			// The service of the sandbox itself, which records what it is asked for.
			credentials.write('scim', { baseUrl: sandbox.scimUrl });
			const { name } = subject as { name: Execution[0] };
			const parameters = exampleFor(subject, sandbox.tenant, 0);
			const results = await Promise.all([start([name, parameters]), start([name, parameters])]);
			expect(results.filter(({ error }) => error).length).toBeLessThan(2);
			for (const path of new Set(readThenWritten(lines()))) {
				const methods = lines().flatMap((call) => (call.path === path ? [call.method] : []));
				const unread = methods.filter(
					(method, index) => method !== 'GET' && methods[index - 1] !== 'GET',
				);
				// Where the second reads only after the first has written, there is a read before each write.
				expect({ path, methods, unread }).toEqual({ path, methods, unread: [] });
			}
		},
	);
});

describe('turns', () => {
	it('of two users are taken without a deadlock, whichever comes first', async () => {
		const [one, other] = sandbox.tenant.scimUsers.slice(1, 3).map(({ userName }) => userName);
		const userName = '={{ $json.userName }}';
		const additionalFields = { title: '={{ $json.title }}', nickName: '={{ $json.nick }}' };
		const node = appspaceNode('scimUser.upsert', {
			...{ userName, additionalFields, options: { itemsAtOnce: 4 } },
		});
		const results = await Promise.all(
			[
				[one, other],
				[other, one],
			].map(async (names, execution) => {
				const input = names.map((name) => ({
					...{ userName: name, title: `T${execution}`, nick: `N${execution}` },
				})) as IDataObject[];
				return await run({ credentials, input, nodes: [node] });
			}),
		);
		expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
	});

	it('of several visitors neither', async () => {
		const visitorIds = sandbox.tenant.visitors.slice(0, 3).map(({ id }) => id);
		const invitation = (ids: string[]): Execution => [
			'visitor.invite',
			{
				...{ title: 'Visit', hosts: locators('ann@example.com'), visitorIds: locators(...ids) },
				...{ startAt: '2098-06-01T09:00', endAt: '2098-06-01T10:00' },
			},
		];
		const results = await Promise.all(
			[visitorIds, [...visitorIds].reverse(), visitorIds.slice(1)].map(
				async (ids) => await start(invitation(ids)),
			),
		);
		expect(results.map(({ error }) => error)).toEqual(results.map(() => undefined));
	});

	it('of one tenant do not hold up another', async () => {
		const other = await startSandbox({ users: 12 });
		try {
			const { id: channelId } = sandbox.tenant.channels[1]!;
			// The other tenant has a channel of the same ID.
			const channel = other.tenant.channels[1]!;
			other.tenant.publishTo[channelId] = other.tenant.publishTo[channel.id]!;
			channel.id = channelId;
			sandbox.fault({ path: PUBLISH_TO, method: 'GET', delay: 3_000 });
			const execution: Execution = ['channel.replacePublishTargets', { channelId }];
			const slow = start(execution);
			await until('the slow tenant is asked', () => lines().length > 0);
			const quick = start(execution, { credentials: sandboxCredential(other) });
			expect((await Promise.race([quick, slow.then(() => undefined)]))?.error).toBeUndefined();
			expect(apiCalls(other).map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
			await slow;
		} finally {
			await other.close();
		}
	});

	it('are given up as soon as the execution is stopped, and the others go on', async () => {
		const { id: channelId } = sandbox.tenant.channels[1]!;
		sandbox.fault({ path: PUBLISH_TO, method: 'GET', delay: 2_000 });
		const execution: Execution = ['channel.replacePublishTargets', { channelId }];
		const holding = start(execution);
		await until('the first is at work', () => lines().length > 0);
		const stop = new AbortController();
		const readsBefore = credentials.reads;
		const waiting = start(execution, { cancelAfter: stop.signal });
		const behind = start(execution);
		await until('both wait', async () => credentials.reads - readsBefore >= 2 && (await isIdle()));
		const stoppedAt = performance.now();
		stop.abort();
		expect((await waiting).status).toBe('canceled');
		expect(performance.now() - stoppedAt).toBeLessThan(500);
		expect(lines()).toHaveLength(1);
		expect([await holding, await behind].map(({ error }) => error)).toEqual([undefined, undefined]);
		expect(lines().map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'GET', 'PUT', 'GET']);
	});
});

/** Whether whatever can go on has gone on: nothing is left but what waits. */
async function isIdle(): Promise<boolean> {
	for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
	return true;
}
