import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { UNDOCUMENTED_REPLIES } from '../../../sandbox/settings.mts';
import { apiCalls, locator, locators } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { operationRuns } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox();
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => await sandbox.close());

const { execute, records } = operationRuns(() => credentials);
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const sent = () =>
	apiCalls(sandbox).map(({ method, path, query, body }) => ({
		request: `${method} ${path.replace('/api/v3/', '')}`,
		query,
		body,
	}));
describe('replies that are not public', () => {
	const device = () => sandbox.tenant.devices[0]!;
	const shapes: Record<(typeof UNDOCUMENTED_REPLIES)[number], (content: object) => object[]> = {
		object: (content) => [content],
		array: (content) => [content].flat(),
		items: (content) => [content].flat(),
		text: () => [{ data: 'OK' }],
		empty: () => [{ success: true }],
	};
	const status = ({ id, status: is, lastOnlineAt }: ReturnType<typeof device>) => ({
		id,
		status: is,
		lastOnlineAt,
	});

	describe.each(UNDOCUMENTED_REPLIES)('as %s', (undocumentedReply) => {
		const shown = (content: object) => {
			const isWrapped = undocumentedReply === 'object' && Array.isArray(content);
			return shapes[undocumentedReply](isWrapped ? { result: content } : content);
		};
		beforeEach(() => sandbox.set({ undocumentedReply }));

		it('of Get Statuses', async () => {
			const [one, two] = sandbox.tenant.devices;
			const deviceIds = `${one!.id}, ${two!.id}`;
			const found = await records('device.getStatuses', { deviceIds: locators(deviceIds) });
			expect(found).toEqual(shown([status(one!), status(two!)]));
			expect(sent()).toEqual([
				{
					request: 'GET devices/devicestatuses',
					query: { deviceIds: `${one!.id},${two!.id}` },
					body: undefined,
				},
			]);
		});

		it('of Get Configuration', async () => {
			const { id, deviceType, appVersion, playbackMode } = device();
			expect(await records('device.getConfiguration', { deviceId: id })).toEqual(
				shown({ deviceType, appVersion, playbackMode }),
			);
			expect(sent()[0]?.request).toBe(`GET devices/${id}/configuration`);
		});

		it('of Get Integrations', async () => {
			expect(await records('device.getIntegrations')).toEqual(shown([]));
			expect(sent()[0]?.request).toBe('GET devices/integrations');
		});

		it('of Send Command', async () => {
			const { id } = device();
			const parameters = '{ "delay": 5 }';
			const done = { deviceId: id, command: ' restart ', parameters };
			expect(await records('device.sendCommand', done)).toEqual(shown({}));
			const body = { command: 'restart', parameters: { delay: 5 } };
			expect(sent()).toEqual([{ request: `POST devices/${id}/command`, query: {}, body }]);
			expect(sandbox.tenant.deviceOrders).toEqual([{ order: 'command', deviceId: id, body }]);
		});

		it('of Sync Content', async () => {
			const deviceIds = ids(sandbox.tenant.devices.slice(0, 3));
			const parameters = { deviceIds: locators(`={{ ${JSON.stringify(deviceIds)} }}`) };
			expect(await records('device.sync', parameters)).toEqual(shown({}));
			expect(sent()).toEqual([{ request: 'POST devices/sync', query: {}, body: { deviceIds } }]);
		});

		it('of Get Task Responses', async () => {
			const deployment = sandbox.tenant.taskDeployments[0]!;
			deployment.status = 'Completed';
			const deviceId = deployment.targetIds[0]!;
			const { id, taskTemplateId } = deployment;
			const parameters = { deviceId, filters: { taskClass: 'Reboot' } };
			expect(await records('device.getTaskResponses', parameters)).toEqual(
				shown([{ id, taskTemplateId, status: 'Completed' }]),
			);
			expect(sent()[0]).toMatchObject({
				request: 'GET devices/tasks/responses',
				query: { deviceId, taskClass: 'Reboot' },
			});
		});

		it('of Create Task', async () => {
			const [one, two] = sandbox.tenant.devices;
			const [task] = await records('device.createTask', {
				taskTemplateId: 'template',
				targetIds: locators(one!.id, two!.id),
			});
			const body = {
				taskTemplateId: 'template',
				targetType: 'device',
				targetIds: [one!.id, two!.id],
			};
			expect(sent()).toEqual([{ request: 'POST devices/tasks/deployments', query: {}, body }]);
			expect(sandbox.tenant.taskDeployments.at(-1)).toMatchObject(body);
			const { id, taskTemplateId } = sandbox.tenant.taskDeployments.at(-1)!;
			expect([task]).toEqual(shown({ id, taskTemplateId, status: 'Pending' }));
		});
	});

	it('asks about all devices where none is named', async () => {
		sandbox.set({ undocumentedReply: 'items' });
		expect(await records('device.getStatuses')).toEqual(sandbox.tenant.devices.map(status));
		expect(sent()[0]?.query).toEqual({});
	});

	it('is a web page of somebody else', async () => {
		const headers = { 'content-type': 'text/html' };
		const path = 'devices/integrations';
		sandbox.fault({ path, status: 200, body: '<p>Hello', headers, times: 4 });
		expect((await execute('device.getIntegrations')).error?.message).toMatch(/not JSON/);
	}, 20_000);
});

describe('what cannot be sent', () => {
	it.each([
		['sendCommand', { deviceId: 'd', command: ' ' }, '"Command" is empty'],
		['sendCommand', { deviceId: 'd', command: 'a', parameters: '{' }, 'is not valid JSON'],
		['sendCommand', { deviceId: 'd', command: 'a', parameters: '[1]' }, 'a JSON object'],
		['sync', { deviceIds: locators(' , ') }, '"Devices" is empty'],
		[
			'createTask',
			{ taskTemplateId: '={{ "" }}', targetIds: locators('d') },
			'"Task Template ID" is empty',
		],
		['createTask', { taskTemplateId: 't', targetIds: locators('') }, '"Devices" is empty'],
		[
			'createTask',
			{ taskTemplateId: 't', targetType: 'location', targetIds: locators('') },
			'"Locations" is empty',
		],
		[
			'createTask',
			{
				taskTemplateId: 't',
				targetIds: locators('d'),
				additionalFields: { scheduledAt: '2001-01-01' },
			},
			'is in the past',
		],
	])('%s: %j', async (operation, parameters, sentence) => {
		const { error } = await execute(`device.${operation}`, parameters);
		expect(error?.message).toContain(sentence);
		expect(sent()).toEqual([]);
	});
});

describe('tasks', () => {
	it('Get Many Tasks lists those of a target', async () => {
		const [first] = sandbox.tenant.taskDeployments;
		const all = await records('device.getAllTasks');
		expect(ids(all)).toEqual(ids(sandbox.tenant.taskDeployments));
		const filters = { deviceId: locator(first!.targetIds[0]) };
		const some = await records('device.getAllTasks', { filters });
		expect(ids(some)).toContain(first!.id);
		expect(some.length).toBeLessThan(all.length);
		expect(sent().at(-1)).toMatchObject({
			request: 'GET devices/tasks/deployments',
			query: { deviceId: first!.targetIds[0] },
		});
	});

	it('Create Task sends a time in UTC, and takes groups and locations', async () => {
		await records('device.createTask', {
			taskTemplateId: 't',
			targetType: 'deviceGroup',
			targetIds: locators(locator('g', 'list')),
			additionalFields: {
				scheduledAt: '2999-07-01T09:30:00',
				timeZone: locator('Europe/Prague'),
			},
		});
		await records('device.createTask', {
			taskTemplateId: 't',
			targetType: 'location',
			targetIds: locators('l'),
		});
		expect(sent().map(({ body }) => body)).toEqual([
			{
				taskTemplateId: 't',
				targetType: 'deviceGroup',
				targetIds: ['g'],
				scheduledAt: '2999-07-01T07:30:00.000Z',
			},
			{ taskTemplateId: 't', targetType: 'location', targetIds: ['l'] },
		]);
	});

	it('Create Task says so when the task is there already', async () => {
		const task = { taskTemplateId: 't', targetIds: locators(sandbox.tenant.devices[0]!.id) };
		await records('device.createTask', task);
		const { error } = await execute('device.createTask', task);
		expect(error).toMatchObject({
			httpCode: '409',
			message: expect.stringContaining('conflicts'),
			description: expect.stringContaining('already deployed'),
		});
	});
});
