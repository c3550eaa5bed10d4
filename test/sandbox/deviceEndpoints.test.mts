import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 5, channels: 3, devices: 20 });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ undocumentedReply: 'object' });
});
afterAll(() => sandbox.close());

const get = (path: string) => api(sandbox, 'GET', path);
const device = () => sandbox.tenant.devices[0]!;

describe('replies whose shape is not public', () => {
	it('take any form, and keep it for a seed', async () => {
		const path = `devices/devicestatuses?deviceIds=${device().id}`;
		const status = {
			id: device().id,
			status: device().status,
			lastOnlineAt: device().lastOnlineAt,
		};
		const forms = {
			object: { result: [status] },
			array: [status],
			items: { items: [status] },
			text: undefined,
			empty: undefined,
		} as const;
		for (const [form, body] of Object.entries(forms)) {
			sandbox.set({ undocumentedReply: form as keyof typeof forms });
			const answer = await get(path);
			expect([form, answer.body]).toEqual([form, body]);
			expect(answer.status).toBe(form === 'empty' ? 204 : 200);
			if (form === 'text') expect(answer.text).toBe('OK');
		}
		sandbox.set({ undocumentedReply: 'drawn' });
		expect((await get(path)).text).toBe((await get(path)).text);
	});
});

describe('device properties', () => {
	const path = () => `networks/devices/${device().id}/properties`;
	const put = (body: unknown) => api(sandbox, 'PUT', path(), body);
	const properties = async (target = path()) =>
		(await get(`${target}?limit=999&sort=key`)).body.items as Array<Record<string, any>>;
	const valueOf = async (key: string) =>
		(await properties()).find((property) => property.key === key)?.value;

	it('come with what is inherited, the nearest value first, sorted by key', async () => {
		const { locations, properties: own } = sandbox.tenant;
		const [account, site] = locations;
		device().locationId = site!.id;
		own[device().id] = [{ key: 'volume', value: '80', disabled: false }];
		const found = await properties();
		expect(found.map(({ key, origin }) => [key, origin])).toEqual([
			['language', { id: account!.id, type: 'Account', isOverridden: false }],
			['site', { id: site!.id, type: 'Network', isOverridden: false }],
			['volume', { id: device().id, type: 'Device', isOverridden: true }],
		]);
		const volume = (await properties(`networks/${site!.id}/properties`)).find(
			({ key }) => key === 'volume',
		);
		expect(volume?.origin).toMatchObject({ id: site!.id, type: 'Network' });
	});

	it('are merged: keys that are not named stay', async () => {
		await put({ mode: 'Merge', properties: [{ key: 'one', value: '1' }] });
		await put({ mode: 'Merge', properties: [{ key: 'two', value: '2' }] });
		await put({ mode: 'Merge', properties: [{ key: 'one', value: 'changed' }] });
		expect([await valueOf('one'), await valueOf('two')]).toEqual(['changed', '2']);
	});

	it('become lower-case, or keep their case', async () => {
		for (const [propertyKeyCase, key] of [
			['lower', 'someslot'],
			['kept', 'SomeSlot'],
		] as const) {
			sandbox.set({ propertyKeyCase });
			sandbox.tenant.properties[device().id] = [];
			await put({ mode: 'Merge', properties: [{ key: 'SomeSlot', value: 'a' }] });
			expect(await valueOf(key)).toBe('a');
		}
	});

	it.each<[string, unknown]>([
		['without a mode', { properties: [] }],
		['with another mode', { mode: 'Replace', properties: [] }],
		['without a key', { mode: 'Merge', properties: [{ value: 'a' }] }],
		['with a number', { mode: 'Merge', properties: [{ key: 'a', value: 1 }] }],
	])('are not merged %s', async (_name, body) => {
		expect((await put(body)).status).toBe(400);
	});

	it('cannot be deleted, nor reached where the documents say', async () => {
		expect((await api(sandbox, 'POST', `${path()}/delete`, {})).status).toBe(400);
		expect((await api(sandbox, 'DELETE', `${path()}/volume`)).status).toBe(404);
		for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE']) {
			expect((await api(sandbox, method, `devices/${device().id}/properties`)).status).toBe(400);
		}
	});
});

it('shows a screen capture as a picture or by its address', async () => {
	const path = `networks/devices/${device().id}/screencapture`;
	sandbox.set({ screenCapture: 'image' });
	expect((await get(path)).headers['content-type']).toBe('image/png');
	sandbox.set({ screenCapture: 'address', undocumentedReply: 'text' });
	const address = (await get(path)).text;
	expect((await fetch(address)).headers.get('content-type')).toBe('image/png');
	sandbox.set({ undocumentedReply: 'object' });
	expect(Object.values((await get(path)).body)).toEqual([address]);
});

it('notes commands and syncs', async () => {
	const command = { command: 'restart', parameters: { delay: 1 } };
	expect((await api(sandbox, 'POST', `devices/${device().id}/command`, command)).status).toBe(200);
	const sync = { deviceIds: [device().id] };
	expect((await api(sandbox, 'POST', 'devices/sync', sync)).status).toBe(200);
	expect(sandbox.tenant.deviceOrders).toEqual([
		{ order: 'command', deviceId: device().id, body: command },
		{ order: 'sync', body: sync },
	]);
	expect((await api(sandbox, 'POST', `devices/${device().id}/command`, {})).status).toBe(400);
	expect((await api(sandbox, 'POST', 'devices/sync', { deviceIds: 'all' })).status).toBe(400);
	expect((await api(sandbox, 'POST', 'devices/sync', { deviceIds: ['x'] })).status).toBe(404);
});

it('deploys a task once, and lists it by target', async () => {
	const task = {
		taskTemplateId: crypto.randomUUID(),
		targetType: 'location',
		targetIds: [sandbox.tenant.locations[0]!.id],
		scheduledAt: '2098-01-01T00:00:00Z',
	};
	const deploy = (change = {}) =>
		api(sandbox, 'POST', 'devices/tasks/deployments', { ...task, ...change });
	expect((await deploy()).body).toMatchObject({ taskTemplateId: task.taskTemplateId });
	expect((await deploy()).status).toBe(409);
	expect((await deploy({ targetType: 'Location' })).status).toBe(400);
	const { items } = (await get(`devices/tasks/deployments?locationId=${task.targetIds[0]}`)).body;
	expect(items).toEqual([
		{ id: expect.any(String), taskTemplateId: task.taskTemplateId, status: 'Pending' },
	]);
	const answered = sandbox.tenant.taskDeployments.filter(({ status }) => status !== 'Pending');
	expect((await get('devices/tasks/responses')).body.result).toHaveLength(answered.length);
});
