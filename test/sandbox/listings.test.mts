import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api, call, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 250, devices: 30, channels: 12 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = (path: string) => api(sandbox, 'GET', path);
const ids = (records: Array<{ id: string }>) => records.map(({ id }) => id);

it('gives pages in order, in the captured envelope', async () => {
	const { body } = await get('users?START=200&limit=30');
	expect(body).toEqual({
		items: sandbox.tenant.users.slice(200, 230),
		start: 200,
		limit: 30,
		size: 250,
	});
	expect((await get('users')).body).toMatchObject({ start: 0, limit: 100 });
	expect((await get('users?start=250')).body.items).toEqual([]);
});

it('says in size what is set', async () => {
	const sizes = {
		right: 250,
		wrong: 40,
		tooLarge: 1250,
		missing: undefined,
		text: '250',
	} as const;
	for (const [size, said] of Object.entries(sizes)) {
		sandbox.set({ size: size as keyof typeof sizes });
		expect((await get('users?limit=40')).body.size).toBe(said);
	}
});

it('never says the total on devices', async () => {
	expect((await get('devices?limit=7')).body).toMatchObject({ limit: 7, size: 7 });
});

it('caps the limit, hides it and repeats pages when told', async () => {
	sandbox.set({ limitCap: 20 });
	const capped = (await get('users?limit=50')).body;
	expect([capped.items.length, capped.limit]).toEqual([20, 20]);
	sandbox.set({ limitEcho: 'asked' });
	const { items, limit } = (await get('users?limit=50')).body;
	expect([items.length, limit]).toEqual([20, 50]);
	sandbox.set({ limitEcho: 'missing', repeatPages: true });
	const repeated = (await get('users?limit=50&start=20')).body;
	expect(repeated).not.toHaveProperty('limit');
	expect(ids(repeated.items)).toEqual(ids(capped.items));
});

it('refuses a start or limit that is no number', async () => {
	expect((await get('users?start=-1')).status).toBe(400);
	expect((await get('users?limit=many')).status).toBe(400);
});

it('filters users by type and ignores every other filter', async () => {
	const visitors = sandbox.tenant.users.filter(({ userType }) => userType === 'Visitor');
	const { body } = await get('users?usertype=visitor&limit=1000');
	expect(visitors.length).toBeGreaterThan(0);
	expect(ids(body.items)).toEqual(ids(visitors));
	const unfiltered = await get(`users?email=${visitors[0]?.email}&status=Active&limit=1000`);
	expect(unfiltered.body.items).toHaveLength(250);
});

it('filters devices by one location and by group, and ignores status', async () => {
	const { devices } = sandbox.tenant;
	const { locationId, groupId } = devices.find((device) => device.locationId && device.groupId)!;
	const by = async (query: string) => ids((await get(`devices?limit=100&${query}`)).body.items);
	expect(await by(`locationId=${locationId}`)).toEqual(
		ids(devices.filter((device) => device.locationId === locationId)),
	);
	expect(await by(`groupId=${groupId}`)).toEqual(
		ids(devices.filter((device) => device.groupId === groupId)),
	);
	expect(await by('status=Offline')).toHaveLength(30);
});

it.each<[string, (tenant: Sandbox['tenant']) => readonly unknown[]]>([
	['channeldirectory', ({ channels }) => channels],
	['channeldirectory/groups', ({ channelGroups }) => channelGroups],
	['livechannel/epg', ({ liveProgramme }) => liveProgramme],
	['users/usergroups', ({ userGroups }) => userGroups],
	['devices', ({ devices }) => devices],
	['devices/devicegroups', ({ deviceGroups }) => deviceGroups],
])('lists %s', async (path, expected) => {
	const records = expected(sandbox.tenant);
	expect(records.length).toBeGreaterThan(0);
	expect((await get(path)).body.items).toEqual(records);
});

it('lists what belongs to a channel and to a user group', async () => {
	const { channels, playlistItems, playlistSources, userGroups, members } = sandbox.tenant;
	const [first] = channels;
	const dynamic = channels.find(({ type }) => type === 3)!;
	const group = userGroups[0]!;
	expect((await get(`channelplaylist/${first!.id}/items?limit=1000`)).body.items).toEqual(
		playlistItems[first!.id],
	);
	expect((await get(`channelplaylist/${first!.id}/sources`)).body).toEqual({ items: [] });
	expect((await get(`channelplaylist/${dynamic.id}/sources`)).body.items).toEqual(
		playlistSources[dynamic.id],
	);
	expect((await get(`users/usergroups/${group.id}/members?limit=1000`)).body.items).toEqual(
		members[group.id],
	);
});

it('gives one record by id, the acting user, and 404 for what is not there', async () => {
	const { channels, users, devices, serviceUser } = sandbox.tenant;
	expect((await get(`channeldirectory/${channels[3]!.id}`)).body).toEqual(channels[3]);
	expect((await get(`users/${users[3]!.id}`)).body).toEqual(users[3]);
	expect((await get(`devices/${devices[3]!.id}`)).body).toEqual(devices[3]);
	expect((await get('users/me')).body).toEqual(serviceUser);
	const nobody = crypto.randomUUID();
	for (const path of ['channeldirectory', 'users', 'devices', 'libraries/contents']) {
		expect((await get(`${path}/${nobody}`)).status).toBe(404);
	}
	expect((await get(`channelplaylist/${nobody}/items`)).status).toBe(404);
	expect((await get('nowhere')).status).toBe(404);
	expect((await api(sandbox, 'POST', 'users')).status).toBe(405);
});

it('leads from a playlist item to its content, and to a card its settings', async () => {
	const items = sandbox.tenant.playlistItems[sandbox.tenant.channels[0]!.id]!;
	const card = items.find(({ type }) => type === 'Card')!;
	const content = (await get(`libraries/contents/${card.contentId}`)).body;
	expect(content.contentURL).toBe(card.contentURL);
	const path = (url: string) => url.slice(sandbox.url.length);
	const page = await call(sandbox, 'GET', path(content.contentURL));
	expect(page.text).toHaveLength(Number(content.size));
	const model = await call(
		sandbox,
		'GET',
		path(content.contentURL).replace('index.html', 'model.json'),
	);
	expect(model.body.inputs).toEqual([{ name: 'title', value: expect.any(String) }]);

	sandbox.set({ contentAccess: 'token' });
	expect((await call(sandbox, 'GET', path(content.contentURL))).status).toBe(401);
	const token = await freshToken(sandbox);
	expect((await call(sandbox, 'GET', path(content.contentURL), { token })).status).toBe(200);
});

describe('the tenant', () => {
	it('is the same for the same seed, and another for another', async () => {
		const [one, same, other] = await Promise.all(
			[7, 7, 8].map((seed) => startSandbox({ seed, users: 30 })),
		);
		const shape = ({ tenant, url }: Sandbox) => JSON.stringify(tenant).replaceAll(url, '');
		expect(shape(one!)).toBe(shape(same!));
		expect(shape(one!)).not.toBe(shape(other!));
		expect(one!.refreshToken).not.toBe(same!.refreshToken);
		await Promise.all([one, same, other].map((sandbox) => sandbox!.close()));
	});

	it('has the awkward data that the evidence tells of', () => {
		const { users, channels, devices, playlistItems, publishTo, userGroups } = sandbox.tenant;
		const items = Object.values(playlistItems).flat();
		const duplicates = (records: Array<{ name: string }>) =>
			records.length - new Set(records.map(({ name }) => name)).size;
		expect(duplicates(channels)).toBeGreaterThan(0);
		expect(duplicates(items)).toBeGreaterThan(0);
		expect(duplicates(userGroups)).toBeGreaterThan(0);
		expect(users.some(({ name }) => /[^\u0000-\u024f]/.test(name))).toBe(true);
		expect(new Set(items.map(({ contentDuration }) => typeof contentDuration)).size).toBe(2);
		expect(devices.some(({ locationId }) => locationId === null)).toBe(true);
		expect(devices.some(({ groupId }) => groupId === null)).toBe(true);
		const types = Object.values(publishTo).flatMap((targets) => targets.map((t) => t.targetType));
		expect(new Set(types)).toEqual(new Set([4, 7, 8]));
		expect(new Set(users.map(({ id }) => id)).size).toBe(250);
		expect(new Set(users.map(({ email }) => email)).size).toBe(250);
	});

	it('starts with 100,000 users in seconds', async () => {
		// Processor time, because other tests run at the same time.
		const before = process.cpuUsage();
		const large = await startSandbox({ users: 100_000 });
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1e6).toBeLessThan(10);
		const { body } = await api(large, 'GET', 'users?start=99990&limit=1000');
		expect(body.items).toHaveLength(10);
		await large.close();
	}, 30_000);
});
