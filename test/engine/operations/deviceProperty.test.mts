import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox();
	sandbox.tenant.properties[device()] = [
		{ key: 'orientation', value: 'portrait', disabled: false },
		{ key: 'Volume', value: '80', disabled: false },
	];
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => await sandbox.close());

const device = () => sandbox.tenant.devices[0]!.id;
const location = () => sandbox.tenant.locations[1]!.id;
const execute = async (operation: string, parameters: Record<string, unknown>) =>
	await run({ credentials, nodes: [appspaceNode(`deviceProperty.${operation}`, parameters)] });
const records = async (operation: string, parameters: Record<string, unknown>) => {
	const { error, items } = await execute(operation, parameters);
	expect(error).toBeUndefined();
	return items().map(({ json }) => json);
};
const named = (properties: Record<string, unknown>) => ({
	property: Object.entries(properties).map(([key, value]) => ({ key, value })),
});
const requests = () => apiCalls(sandbox).map(({ method, path }) => `${method} ${path}`);
const own = (id: string) =>
	Object.fromEntries(sandbox.tenant.properties[id]!.map(({ key, value }) => [key, value]));

describe('Get Many', () => {
	it('gives own and inherited properties of a device', async () => {
		const found = await records('getAll', { deviceId: locator(device(), 'list') });
		expect(found).toContainEqual({
			key: 'orientation',
			value: 'portrait',
			disabled: false,
			origin: { id: device(), type: 'Device', isOverridden: false },
		});
		expect(found.map(({ key }) => key)).toContain('language');
		expect(apiCalls(sandbox)[0]).toMatchObject({
			path: `/api/v3/networks/devices/${device()}/properties`,
			query: { sort: 'key', start: '0', limit: '50' },
		});
	});

	it('gives those of a location', async () => {
		await records('getAll', { locationId: location(), limit: 1 });
		expect(requests()).toEqual([`GET /api/v3/networks/${location()}/properties`]);
	});

	it.each([
		[{}, 'both empty'],
		[{ deviceId: 'd', locationId: 'l' }, 'both filled in'],
	])('wants one of the two: %j', async (parameters, sentence) => {
		const { error } = await execute('getAll', parameters);
		expect(error?.message).toBe(`The parameters "Device" and "Location" are ${sentence}`);
		expect(requests()).toEqual([]);
	});

	it.each([
		[{ deviceId: 'gone' }, 'Device "gone" was not found'],
		[{ locationId: locator('gone') }, 'Location "gone" was not found'],
	])('says what was not found: %j', async (parameters, message) => {
		expect((await execute('getAll', parameters)).error?.message).toBe(message);
	});
});

describe('Set', () => {
	it.each(['lower', 'kept'] as const)('keeps what is not named (keys %s)', async (keyCase) => {
		sandbox.set({ propertyKeyCase: keyCase });
		const properties = named({ VOLUME: 30, orientation: 'landscape', 'Opening Hours': ' 9-5 ' });
		const [report] = await records('set', { deviceId: locator(device()), properties });
		const wanted = { volume: '30', orientation: 'landscape', 'opening hours': ' 9-5 ' };
		const lower = Object.entries(own(device())).map(([key, value]) => [key.toLowerCase(), value]);
		expect(Object.fromEntries(lower)).toEqual(wanted);
		expect(report).toMatchObject({
			deviceId: device(),
			changed: ['Volume', 'orientation', 'Opening Hours'],
			properties: [{ value: '30' }, { value: 'landscape' }, { value: ' 9-5 ' }],
		});
		const path = `/api/v3/networks/devices/${device()}/properties`;
		expect(requests()).toEqual([`GET ${path}`, `PUT ${path}`, `GET ${path}`]);
		expect(apiCalls(sandbox)[1]?.body).toEqual({
			mode: 'Merge',
			properties: [
				{ key: 'Volume', value: '30' },
				{ key: 'orientation', value: 'landscape' },
				{ key: 'Opening Hours', value: ' 9-5 ' },
			],
		});
	});

	it('overrides an inherited value', async () => {
		const properties = named({ language: 'de' });
		const [report] = await records('set', { deviceId: device(), properties });
		expect(report?.properties).toMatchObject([
			{ key: 'language', value: 'de', origin: { id: device(), type: 'Device' } },
		]);
	});

	it.each(['', '={{ $json.volume ?? "" }}'])('empties a property with %j', async (volume) => {
		const properties = named({ volume });
		const [report] = await records('set', { deviceId: device(), properties });
		expect(report).toMatchObject({ changed: ['Volume'] });
		expect(own(device())).toEqual({ orientation: 'portrait', Volume: '' });
	});

	it('sets properties of a location', async () => {
		const [report] = await records('set', {
			locationId: locator(location()),
			properties: named({ theme: 'dark' }),
		});
		expect(report).toMatchObject({ locationId: location(), changed: ['theme'] });
		expect(own(location())).toMatchObject({ theme: 'dark' });
	});

	it('keeps items apart that set the same device', async () => {
		const { error, items } = await run({
			credentials,
			input: Array.from({ length: 12 }, (_, index) => ({ index })),
			nodes: [
				appspaceNode('deviceProperty.set', {
					deviceId: device(),
					properties: named({ '=p{{ $json.index }}': '={{ $json.index }}' }),
					options: { itemsAtOnce: 6 },
				}),
			],
		});
		expect(error).toBeUndefined();
		expect(items()).toHaveLength(12);
		expect(own(device())).toMatchObject({ p0: '0', p11: '11', orientation: 'portrait' });
	});

	it.each([
		[
			'loses one that was not named',
			[{ key: 'Volume', value: '30', disabled: false }],
			/"orientation"/,
		],
		[
			'does not take the value',
			[
				{ key: 'Volume', value: '80' },
				{ key: 'orientation', value: 'portrait' },
			],
			/"Volume"/,
		],
	])('says so when the server %s', async (_, afterwards, which) => {
		for (const { id } of sandbox.tenant.locations) sandbox.tenant.properties[id] = [];
		sandbox.fault({ method: 'GET', path: /properties/, after: 1, status: 200, body: afterwards });
		const { error } = await execute('set', {
			deviceId: device(),
			properties: named({ volume: '30' }),
		});
		expect(error?.message).toBe('The properties are not what was just written');
		expect(error?.description).toMatch(which);
	});

	it('does not mind that a property which was not named changes by itself', async () => {
		for (const { id } of sandbox.tenant.locations) sandbox.tenant.properties[id] = [];
		const afterwards = [
			{ key: 'Volume', value: '30' },
			{ key: 'orientation', value: 'landscape, as the player reports' },
		];
		sandbox.fault({ method: 'GET', path: /properties/, after: 1, status: 200, body: afterwards });
		const properties = named({ volume: '30' });
		expect((await execute('set', { deviceId: device(), properties })).error).toBeUndefined();
	});

	it.each([
		[{}, 'There is no property to set'],
		[named({ '': 'x' }), 'A property has no key'],
		[named({ a: '1', A: '2' }), 'The property "a" appears twice'],
		[named({ a: '={{ [1] }}' }), 'The parameter "Value" contains a list instead of text'],
		[
			named({ orientation: 'landscape', volume: '={{ $json.volumne }}' }),
			'The entry "volume" under "Properties" has no value',
		],
		[named({ volume: '={{ null }}' }), 'The entry "volume" under "Properties" has no value'],
	])('refuses %j before anything is sent', async (properties, message) => {
		const { error } = await execute('set', { deviceId: device(), properties });
		expect(error?.message).toBe(message);
		expect(requests()).toEqual([]);
	});
});
