import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 20, channels: 2, devices: 2 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = (path: string) => api(sandbox, 'GET', path);
const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

it('lists resources by type and network, whatever else is asked', async () => {
	const { resources } = sandbox.tenant;
	const found = async (query: string) =>
		(await get(`reservation/resources?limit=500&${query}`)).body.items as Array<{ id: string }>;
	const floors = resources.filter(({ type }) => type === 'floor');
	expect((await found('types=floor')).map(({ id }) => id)).toEqual(floors.map(({ id }) => id));
	expect(await found('type=room,floor')).toHaveLength(
		resources.filter(({ type }) => type === 'floor' || type === 'room').length,
	);
	const building = floors[0]!.networkId;
	expect(await found(`networkid=${building}`)).toHaveLength(22);
	expect(await found(`networkid=${floors[0]!.id}`)).toEqual([]);
	expect(await found('search=nothing&capacity=999')).toHaveLength(resources.length);
	expect(Object.keys((await found(''))[0]!)).toEqual([
		'id',
		'name',
		'type',
		'subType',
		'locationPath',
	]);
	const one = await get(`reservation/resources/${resources[1]!.id}`);
	expect(one.body.name).toBe(resources[1]!.name);
});

it('lists the events of a resource', async () => {
	const event = sandbox.tenant.events[0]!;
	const path = `reservation/resources/${event.resourceIds[0]}/events`;
	expect((await get(path)).body.items[0]).toMatchObject({ id: event.id });
	expect((await get(`${path}?endAt=2001-01-01T00:00:00Z`)).body.items).toEqual([]);
});

describe('floors', () => {
	const floor = () => sandbox.tenant.resources.find(({ type }) => type === 'floor')!;
	const onFloor = async () => {
		const range = { startAt: hour(1), endAt: hour(2) };
		const body = { ...range, floorIds: [floor().id], limit: 500 };
		const { items } = (await api(sandbox, 'POST', 'reservation/resources/reservable', body)).body;
		expect(items.length).toBeGreaterThan(0);
		return items;
	};
	beforeEach(() => sandbox.set({ reservable: 'both' }));

	it('have their own IDs, beside the network that their building is', async () => {
		const networks = sandbox.tenant.locations.map(({ id }) => id);
		expect(networks).not.toContain(floor().id);
		for (const { networkId } of await onFloor()) expect(networkId).toBe(floor().networkId);
		const event = (await get('reservation/events')).body.items[0].resources[0];
		expect(networks).toContain(event.resourceNetworkId);
		expect(networks).not.toContain(event.resourceFloorId);
	});

	it('are the networks of their spaces where that is set', async () => {
		sandbox.set({ spaceNetwork: 'floor' });
		for (const { networkId } of await onFloor()) expect(networkId).toBe(floor().id);
		const found = await get(`reservation/resources?networkid=${floor().id}`);
		expect(found.body.items).toHaveLength(11);
	});

	it('are shown by spaces, and ignored as filters, where that is set', async () => {
		sandbox.set({ floorsShown: true });
		const [space] = await onFloor();
		expect(space.resourceFloorId).toBe(floor().id);
		sandbox.set({ floorFilters: 'ignored' });
		expect((await onFloor()).length).toBeGreaterThan(10);
		const { size } = (await get(`reservation/resources?networkid=${floor().networkId}`)).body;
		expect(size).toBe(sandbox.tenant.resources.length);
	});
});

describe('what can be booked', () => {
	const path = 'reservation/resources/reservable';
	const search = (body: object) =>
		api(sandbox, 'POST', path, { startAt: hour(0), endAt: hour(72), ...body });

	it('is found by POST, GET or both', async () => {
		const range = { startAt: hour(1), endAt: hour(2) };
		for (const [reservable, post, got] of [
			['POST', 200, 405],
			['GET', 405, 200],
			['both', 200, 200],
		] as const) {
			sandbox.set({ reservable });
			expect((await api(sandbox, 'POST', path, range)).status).toBe(post);
			expect((await get(path)).status).toBe(got);
		}
	});

	it('follows the bookings and the criteria', async () => {
		sandbox.set({ reservable: 'both' });
		const taken = sandbox.tenant.events[0]!.resourceIds[0];
		const ids = async (body: object) => {
			const { items } = (await search({ limit: 500, ...body })).body;
			return items.map(({ id }: { id: string }) => id);
		};
		expect(await ids({})).toContain(taken);
		expect(await ids({ reservableStatus: ['available'] })).not.toContain(taken);
		const rooms = (await search({ types: ['room'], minCapacity: 8, limit: 500 })).body.items;
		expect(rooms.length).toBeGreaterThan(0);
		expect(rooms.every(({ type, capacity }: any) => type === 'room' && capacity >= 8)).toBe(true);
		const site = sandbox.tenant.locations.find(({ kind }) => kind === 'site');
		const floor = sandbox.tenant.resources.find(({ type }) => type === 'floor');
		const below = (await search({ locationId: site!.id, limit: 500 })).body.items;
		const onFloor = (await search({ floorIds: [floor!.id], limit: 500 })).body.items;
		expect([below.length, onFloor.length]).toEqual([20, 10]);
		expect((await search({ isReservable: ['false'], limit: 500 })).body.items[0]).toMatchObject({
			isReservable: false,
		});
		expect((await search({ limit: 3 })).body).toMatchObject({ limit: 3, items: [{}, {}, {}] });
		const second = (await search({ limit: 3, page: 1 })).body;
		const six = (await search({ limit: 6, page: 0 })).body.items;
		expect(second).toMatchObject({ start: 3, items: six.slice(3) });
		const byQuery = (await get(`${path}?resourceType=room&buildingId=${site!.id}`)).body.items;
		expect(byQuery).toHaveLength(6);
	});

	it.each<[string, object]>([
		['no start', { startAt: undefined }],
		['a boolean for a word', { isReservable: [true] }],
		['another type', { types: ['Room'] }],
		['a text for a number', { minCapacity: '4' }],
	])('is refused with %s', async (_name, body) => {
		sandbox.set({ reservable: 'POST' });
		expect((await search(body)).status).toBe(400);
	});
});

it('tells of people and schedules in some form', async () => {
	sandbox.set({ undocumentedReply: 'items' });
	const { reservations, events } = sandbox.tenant;
	const range = { startAt: hour(-48), endAt: hour(240) };
	const people = await api(sandbox, 'POST', 'reservation/useravailabilities', {
		attendees: [reservations[0]!.username],
		...range,
	});
	expect(people.body.items[0].events.length).toBeGreaterThan(0);
	const schedules = await api(sandbox, 'POST', 'reservation/schedules', {
		resourceIds: events[0]!.resourceIds,
		...range,
	});
	expect(schedules.body.items[0].events[0].id).toBe(events[0]!.id);
	expect((await api(sandbox, 'POST', 'reservation/schedules', range)).status).toBe(400);
	expect((await get('reservation/resources/availability')).status).toBe(400);
});

it('shows what is on the map of a floor', async () => {
	const floor = sandbox.tenant.resources.find(({ type }) => type === 'floor')!;
	const path = `maps/floors/${floor.id}/layers/settings/${crypto.randomUUID()}/nodes/settings`;
	const { items, size } = (await get(`${path}?limit=200`)).body;
	expect(size).toBe(10);
	expect(items[0]).toEqual({
		setting: { name: expect.any(String), type: 'room', subType: expect.any(String) },
		geoJSON: { geometry: { type: 'Polygon', coordinates: [expect.any(Array)] } },
	});
});
