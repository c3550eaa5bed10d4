import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const path = () => `channeldirectory/${sandbox.tenant.channels[0]!.id}/publishto`;
const put = (body: unknown) => api(sandbox, 'PUT', path(), body);
const device = (targetId: string) => ({ publishToId: targetId, targetId, targetType: 'Device' });

async function targets() {
	const { body } = await api(sandbox, 'GET', path());
	return (Array.isArray(body) ? body : body.items) as Array<Record<string, unknown>>;
}

it('come as a bare array or as items', async () => {
	sandbox.set({ bareArrays: true });
	expect((await api(sandbox, 'GET', path())).body).toEqual(expect.any(Array));
	sandbox.set({ bareArrays: false });
	expect((await api(sandbox, 'GET', path())).body).toEqual({ items: expect.any(Array) });
});

it.each(['Append', 'Overwrite'])('are replaced as a whole, with %s too', async (publishingRule) => {
	const [one, two] = sandbox.tenant.devices;
	await put({ publishingRule, publishTo: [device(one!.id)] });
	const [kept] = await targets();
	expect(kept).toMatchObject({ targetId: one!.id, targetType: 7, createdAt: expect.any(String) });

	const group = sandbox.tenant.deviceGroups[0]!.id;
	const groupTarget = { publishToId: group, targetId: group, targetType: 'DeviceGroup', name: 'x' };
	const answer = await put({ publishingRule, publishTo: [device(two!.id), groupTarget] });
	expect([200, 204]).toContain(answer.status);
	expect((await targets()).map(({ targetId, targetType }) => [targetId, targetType])).toEqual([
		[two!.id, 7],
		[group, 8],
	]);
	const channel = (await api(sandbox, 'GET', path().replace('/publishto', ''))).body;
	expect(channel.publishTo).toEqual(await targets());
});

it('keep the entry of a target that stays, and hold each target once', async () => {
	const [one, two] = sandbox.tenant.devices;
	await put({ publishingRule: 'Overwrite', publishTo: [device(one!.id)] });
	const [before] = await targets();
	await put({
		publishingRule: 'Overwrite',
		publishTo: [device(two!.id), device(one!.id), device(one!.id)],
	});
	const after = await targets();
	expect(after).toHaveLength(2);
	expect(after[1]).toEqual(before);
});

it.each<[string, unknown]>([
	['no body', undefined],
	['a list', []],
	['no rule', { publishTo: [] }],
	['another rule', { publishingRule: 'append', publishTo: [] }],
	['no list', { publishingRule: 'Append' }],
	['a number as type', change({ targetType: 7 })],
	['another word as type', change({ targetType: 'User' })],
	['no publishToId', change({ publishToId: undefined })],
	['no targetId', change({ targetId: '' })],
])('are not changed by %s', async (_name, body) => {
	const before = await targets();
	expect((await put(body)).status).toBe(400);
	expect(await targets()).toEqual(before);
});

function change(part: object) {
	return {
		publishingRule: 'Append',
		publishTo: [{ ...device(crypto.randomUUID()), ...part }],
	};
}
