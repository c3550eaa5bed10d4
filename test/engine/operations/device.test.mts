import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { operationRuns } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox({ devices: 230 });
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
const SIMPLE = ['id', 'name', 'status', 'deviceType', 'locationName', 'groupName'].concat([
	'channelName',
	'isInSync',
	'lastOnlineAt',
	'appVersion',
]);

describe('Get Many', () => {
	it('gives all devices although their size is not the total', async () => {
		const devices = await records('device.getAll', { returnAll: true });
		expect(ids(devices)).toEqual(ids(sandbox.tenant.devices));
		for (const device of devices) expect(Object.keys(device)).toEqual(SIMPLE);
		expect(await records('device.getAll', { returnAll: true, simplify: false })).toEqual(
			sandbox.tenant.devices,
		);
	});

	it('asks for 50 unless told', async () => {
		expect(await records('device.getAll')).toHaveLength(50);
		expect(sent()[0]).toMatchObject({
			request: 'GET devices',
			query: { start: '0', limit: '50' },
		});
	});

	it('asks for a status, which the server ignores, and checks it', async () => {
		const wanted = sandbox.tenant.devices.filter(({ status }) => status === 'Offline');
		expect(wanted.length).toBeGreaterThan(5);
		const filters = { status: 'offline' };
		expect(ids(await records('device.getAll', { returnAll: true, filters }))).toEqual(ids(wanted));
		expect(sent()[0]?.query).toMatchObject({ status: 'offline' });
	});

	it('takes the devices of a location or a group', async () => {
		const { locationId, groupId } = sandbox.tenant.devices.find(
			(device) => device.locationId && device.groupId,
		)!;
		for (const [name, id] of Object.entries({ locationId, groupId })) {
			const wanted = sandbox.tenant.devices.filter((device) => device[name as 'groupId'] === id);
			const filters = { [name]: locator(id) };
			expect(ids(await records('device.getAll', { returnAll: true, filters }))).toEqual(
				ids(wanted),
			);
		}
	});

	it('finds names by a part of them, which never travels', async () => {
		const { id, name } = sandbox.tenant.devices[222]!;
		const filters = { name: name.toUpperCase() };
		expect(ids(await records('device.getAll', { filters }))).toEqual([id]);
		for (const { query } of sent()) expect(query).not.toHaveProperty('name');
	});
});

describe('Get', () => {
	it('gives one device', async () => {
		const device = sandbox.tenant.devices[3]!;
		const [found] = await records('device.get', { deviceId: locator(device.id, 'list') });
		expect(Object.keys(found!)).toEqual(SIMPLE);
		expect(await records('device.get', { deviceId: device.id, simplify: false })).toEqual([device]);
	});

	it('says which device was not found, and which role is needed', async () => {
		const gone = await execute('device.get', { deviceId: 'gone' });
		expect(gone.error?.message).toBe('Device "gone" was not found');
		sandbox.set({ forbiddenPaths: [/devices/] });
		const forbidden = await execute('device.get', { deviceId: 'd' });
		expect(forbidden.error?.description).toContain('Device Reader (to read)');
	});
});

describe('Get Screen Capture', () => {
	const capture = async (deviceId = sandbox.tenant.devices[5]!.id) =>
		await execute('device.getScreenCapture', { deviceId });

	it('gives the picture where that is the answer', async () => {
		sandbox.set({ screenCapture: 'image' });
		const [item] = (await capture()).items();
		expect(item).toMatchObject({
			json: { fileName: 'screencapture.png', mimeType: 'image/png' },
			binary: { data: { fileName: 'screencapture.png', fileExtension: 'png' } },
		});
		expect(Buffer.from(item!.binary!.data!.data, 'base64').subarray(1, 4).toString()).toBe('PNG');
	});

	it.each(['object', 'array', 'items', 'text'] as const)(
		'fetches the picture from the address in the answer, as %s',
		async (undocumentedReply) => {
			sandbox.set({ screenCapture: 'address', undocumentedReply });
			const { id } = sandbox.tenant.devices[6]!;
			const [item, ...more] = (await capture(id)).items();
			expect(more).toEqual([]);
			expect(item?.binary?.data).toMatchObject({ fileName: 'capture.png', mimeType: 'image/png' });
			const address = `${sandbox.url}/content/${id}/capture.png`;
			expect(Object.values(item!.json)).toContain(address);
			expect(sent().map(({ request }) => request)).toEqual([
				`GET networks/devices/${id}/screencapture`,
				`GET /content/${id}/capture.png`,
			]);
		},
	);

	it('hands on an answer without a picture', async () => {
		sandbox.set({ screenCapture: 'address', undocumentedReply: 'empty' });
		const { items } = await capture();
		expect(items()).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
	});

	it('does not fetch from another host', async () => {
		sandbox.fault({
			path: /screencapture/,
			status: 200,
			body: { at: 'now', link: 'https://files.example.com/a.png' },
		});
		expect((await capture()).error?.message).toContain('"files.example.com"');
	});

	it('prefers what looks like a picture among several addresses', async () => {
		const { id } = sandbox.tenant.devices[0]!;
		const picture = `${sandbox.url}/content/${id}/capture.png`;
		const body = { page: 'https://example.com/help', captures: [{ picture }] };
		sandbox.fault({ path: /screencapture/, status: 200, body });
		const [item] = (await capture(id)).items();
		expect(item?.json).toMatchObject(body);
		expect(item?.binary?.data?.mimeType).toBe('image/png');
	});

	it('says which device was not found', async () => {
		expect((await capture('gone')).error).toMatchObject({
			httpCode: '404',
			message: 'Device "gone" was not found',
		});
	});
});

test('device groups are listed', async () => {
	const groups = await records('deviceGroup.getAll');
	expect(groups).toEqual(sandbox.tenant.deviceGroups);
	expect(sent()[0]).toMatchObject({
		request: 'GET devices/devicegroups',
		query: { start: '0', limit: '50' },
	});
});
