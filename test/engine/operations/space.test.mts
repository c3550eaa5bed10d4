import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { dayMore } from '../../support/dayMore.mts';
import { operationsOf, type Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const { sent } = under;
const { execute, records } = operationsOf(under, 'space');
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const sorted = (list: Array<{ id?: unknown }>) => ids(list).map(String).sort();

const RESERVABLE = 'reservation/resources/reservable';
const [START, END] = ['2098-06-01T09:00:00.000Z', '2098-06-01T10:00:00.000Z'];
const range = { startAt: START, endAt: END };
const floor = () => under.tenant.resources.find(({ type }) => type === 'floor')!;
const rooms = () => under.tenant.resources.filter(({ type }) => type === 'room');
/** Somebody has it from 9 to 10. */
function take({ id }: { id: string }, state: 'Pending' | 'Cancelled' = 'Pending') {
	Object.assign(under.tenant.events[0]!, { ...range, state, resourceIds: [id] });
}

describe('Get Many', () => {
	it('gives spaces by name', async () => {
		const found = await records('getAll', { returnAll: true });
		expect(sorted(found)).toEqual(sorted(under.tenant.resources));
		expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({ sort: 'name' });
		expect(Object.keys(found.find(({ type }) => type === 'room')!)).toEqual([
			...['id', 'name', 'type', 'subType', 'capacity', 'locationPath'],
		]);
	});

	it.each<[string, () => Parameters, (space: Record<string, unknown>) => boolean]>([
		[
			'types',
			() => ({ types: ['room', 'floor'] }),
			({ type }) => type === 'room' || type === 'floor',
		],
		['a type as text', () => ({ types: 'Room' }), ({ type }) => type === 'room'],
		[
			'floor',
			() => ({ floorId: locator(floor().id) }),
			({ floorId, type }) => floorId === floor().id && type !== 'floor',
		],
		[
			'floor and type',
			() => ({ floorId: floor().id, types: ['room', 'floor'] }),
			({ floorId, type }) => floorId === floor().id && type === 'room',
		],
		[
			'a floor alone',
			() => ({ floorId: floor().id.toUpperCase(), types: ['floor'] }),
			({ id }) => id === floor().id,
		],
		[
			'capacity, where one is shown',
			() => ({ minCapacity: 8 }),
			({ capacity }) => capacity === undefined || Number(capacity) >= 8,
		],
		['name', () => ({ name: 'AURORA' }), ({ name }) => name === 'Aurora'],
		[
			'location',
			() => ({ location: floor().locationPath.toLowerCase() }),
			({ locationPath }) => locationPath === floor().locationPath,
		],
	])('filters by %s', async (_, filters, passes) => {
		const wanted = under.tenant.resources.filter((space) => passes({ ...space }));
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(under.tenant.resources.length);
		expect(sorted(await records('getAll', { returnAll: true, filters: filters() }))).toEqual(
			sorted(wanted),
		);
	});

	it('asks for types, and checks them where the server ignores that', async () => {
		const items = under.tenant.resources.map((space) => ({ ...space }));
		under.sandbox.fault({ path: 'reservation/resources', status: 200, body: { items } });
		expect(sorted(await records('getAll', { filters: { types: ['room'] } }))).toEqual(
			sorted(rooms()),
		);
		expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({ types: 'room' });
	});

	describe('by floor', () => {
		const onFloor = async (filters: Parameters = {}) =>
			await records('getAll', { returnAll: true, filters: { floorId: floor().id, ...filters } });
		const there = () =>
			under.tenant.resources.filter(({ floorId, type }) => {
				return floorId === floor().id && type !== 'floor';
			});

		it('asks with the ID of the floor, booked or not, in the form of the console', async () => {
			take(rooms()[0]!);
			await onFloor({ minCapacity: 4 });
			const [search, ...more] = apiCalls(under.sandbox);
			expect(more).toEqual([]);
			expect(search).toMatchObject({ method: 'POST', path: `/api/v3/${RESERVABLE}`, query: {} });
			expect(search?.body).toEqual({
				...{ startAt: expect.any(String), endAt: expect.any(String) },
				types: ['room', 'space', 'poi', 'connectedResource'],
				reservableStatus: ['available', 'unavailable', 'checkin'],
				...{ isReservable: ['true', 'false'], includeSourceObject: 'false' },
				...{ floorIds: [floor().id], minCapacity: 4, limit: 100, page: 0 },
			});
		});

		it.each(['building', 'floor'] as const)(
			'is right where spaces show their %s as network',
			async (spaceNetwork) => {
				under.sandbox.set({ spaceNetwork });
				expect(sorted(await onFloor())).toEqual(sorted(there()));
			},
		);

		it('drops spaces that show another floor where the server ignores the filter', async () => {
			under.sandbox.set({ floorFilters: 'ignored', floorsShown: true });
			expect(sorted(await onFloor())).toEqual(sorted(there()));
		});

		it('keeps what shows no floor: Appspace was asked', async () => {
			under.sandbox.set({ floorFilters: 'ignored' });
			expect((await onFloor()).length).toBeGreaterThan(there().length);
		});

		it('reads the list of all where the search is missing, if that shows floors', async () => {
			under.sandbox.set({ reservable: 'GET', floorsShown: true });
			const withFloor = under.tenant.resources.filter(({ floorId }) => floorId === floor().id);
			expect(sorted(await onFloor())).toEqual(sorted(withFloor));
		});

		it('says so where the search is missing and nothing shows a floor', async () => {
			under.sandbox.set({ reservable: 'GET' });
			const { error } = await execute('getAll', { filters: { floorId: floor().id } });
			expect(error?.message).toBe(
				'Appspace cannot filter by floor here and does not show the floor of each space',
			);
			expect(error?.description).toContain('Remove the filter "Floor"');
		});

		it('numbers later pages, also where a page is shorter than was asked for', async () => {
			under.sandbox.set({ limitCap: 4 });
			expect(sorted(await onFloor())).toEqual(sorted(there()));
			expect(
				new Set(sent('POST', RESERVABLE).map(({ body }) => (body as Parameters).page)),
			).toEqual(new Set([0, 1, 2]));
		});
	});
});

test('Get finds a space, and says which one was not found', async () => {
	const [room] = rooms();
	expect(await records('get', { spaceId: locator(room!.id, 'list') })).toMatchObject([
		{ id: room!.id, name: room!.name, capacity: room!.capacity },
	]);
	const { error } = await execute('get', { spaceId: 'gone' });
	expect(error).toMatchObject({ httpCode: '404', message: 'Space "gone" was not found' });
});

test('Get Events lists those of one space, within a range that is checked', async () => {
	const spaceId = under.tenant.events.at(-1)!.resourceIds[0]!;
	const there = under.tenant.events.filter(({ resourceIds }) => resourceIds.includes(spaceId));
	expect(sorted(await records('getEvents', { spaceId }))).toEqual(sorted(there));

	const { startAt, endAt } = there[0]!;
	under.sandbox.fault({
		path: `reservation/resources/${spaceId}/events`,
		body: { items: under.tenant.events.map(({ id, startAt, endAt }) => ({ id, startAt, endAt })) },
		status: 200,
	});
	const found = await records('getEvents', { spaceId, filters: { startAt, endAt } });
	expect(ids(found)).toContain(there[0]!.id);
	expect(found.length).toBeLessThan(under.tenant.events.length);
	expect(apiCalls(under.sandbox).at(-1)?.query).toMatchObject({
		...dayMore({ startAt, endAt }),
		sort: 'startAt',
	});
});

describe.each(['POST', 'GET', 'both'] as const)(
	'Find Available on a tenant with %s',
	(reservable) => {
		beforeEach(() => under.sandbox.set({ reservable }));

		it('gives what can be booked then, and nothing that is taken', async () => {
			const [taken, freed] = rooms();
			const before = await records('findAvailable', { ...range, returnAll: true });
			expect(ids(before)).toContain(taken!.id);
			expect(before.every(({ isReservable }) => isReservable === true)).toBe(true);
			expect(before.every(({ reservableStatus }) => reservableStatus === 'Available')).toBe(true);

			take(taken!);
			const after = await records('findAvailable', { ...range, returnAll: true });
			expect(sorted(after)).toEqual(sorted(before).filter((id) => id !== taken!.id));
			take(freed!, 'Cancelled');
			expect(ids(await records('findAvailable', { ...range, returnAll: true }))).toContain(
				freed!.id,
			);
		});

		it('passes over what is taken now, if it is free then', async () => {
			const [room] = rooms();
			take(room!);
			Object.assign(under.tenant.events[0]!, {
				startAt: new Date(Date.now() - 3_600_000).toISOString(),
				endAt: new Date(Date.now() + 3_600_000).toISOString(),
			});
			expect(ids(await records('findAvailable', { ...range, returnAll: true }))).toContain(
				room!.id,
			);
		});

		it.each<[string, () => Parameters, (space: Record<string, unknown>) => boolean]>([
			['types', () => ({ types: ['room'] }), ({ type }) => type === 'room'],
			['several types', () => ({ types: 'poi, room' }), ({ type }) => type === 'room'],
			['floor', () => ({ floorId: locator(floor().id) }), ({ floorId }) => floorId === floor().id],
			[
				'capacity, where one is shown',
				() => ({ minCapacity: 8 }),
				({ capacity }) => capacity === undefined || Number(capacity) >= 8,
			],
			[
				'location',
				() => ({ locationId: floor().networkId }),
				({ networkId }) => networkId === floor().networkId,
			],
		])('filters by %s', async (_, filters, passes) => {
			const wanted = under.tenant.resources.filter(
				(space) => space.isReservable && space.type !== 'floor' && passes({ ...space }),
			);
			// By GET there is no filter by floor, so it takes records that show theirs.
			under.sandbox.set({ floorsShown: reservable === 'GET' });
			const parameters = { ...range, returnAll: true, filters: filters() };
			expect(sorted(await records('findAvailable', parameters))).toEqual(sorted(wanted));
		});

		it('checks the floor where the server ignores it', async () => {
			under.sandbox.set({ floorFilters: 'ignored', floorsShown: true });
			const wanted = under.tenant.resources.filter(
				({ isReservable, floorId }) => isReservable && floorId === floor().id,
			);
			expect(wanted.length).toBeGreaterThan(0);
			const filters = { floorId: floor().id.toUpperCase() };
			const parameters = { ...range, returnAll: true, filters };
			expect(sorted(await records('findAvailable', parameters))).toEqual(sorted(wanted));
		});

		it('respects the limit', async () => {
			expect(await records('findAvailable', { ...range, limit: 3 })).toHaveLength(3);
		});
	},
);

describe('Find Available', () => {
	const four = { name: 'Four', type: 'fixedItems', parameters: { items: '[{},{},{},{}]' } };
	const findFour = async (options = {}) => {
		const parameters = { ...range, limit: 2, options };
		const nodes = [four, appspaceNode('space.findAvailable', parameters)];
		return await run({ credentials: under.credentials, nodes });
	};

	it('tries POST first, and where that is missing GET for the rest of the run', async () => {
		under.sandbox.set({ reservable: 'GET' });
		const { error, items } = await findFour();
		expect(error).toBeUndefined();
		expect(items()).toHaveLength(8);
		const methods = apiCalls(under.sandbox)
			.filter(({ path }) => path.endsWith(RESERVABLE))
			.map(({ method }) => method);
		expect(methods).toEqual(['POST', 'GET', 'GET', 'GET', 'GET']);
	});

	it('asks by POST once for each item where that is there', async () => {
		under.sandbox.set({ reservable: 'POST' });
		expect((await findFour()).items()).toHaveLength(8);
		expect(sent('POST', RESERVABLE)).toHaveLength(4);
		expect(sent('POST', RESERVABLE)[0]?.body).toEqual({
			startAt: START,
			endAt: END,
			types: ['room', 'space', 'poi', 'connectedResource'],
			reservableStatus: ['available'],
			isReservable: ['true'],
			includeSourceObject: 'false',
			...{ limit: 1_000, page: 0 },
		});
	});

	it.each([404, 405])('takes %i for missing', async (status) => {
		under.sandbox.fault({ path: RESERVABLE, method: 'POST', status, times: 1 });
		expect((await records('findAvailable', { ...range, limit: 2 })).length).toBe(2);
		expect(sent('GET', RESERVABLE)).toHaveLength(1);
	});

	it.each([400, 403])('does not take %i for missing', async (status) => {
		under.sandbox.fault({ path: RESERVABLE, method: 'POST', status, times: 1 });
		const { error } = await execute('findAvailable', range);
		expect(error).toMatchObject({ httpCode: String(status) });
		expect(sent('GET', RESERVABLE)).toEqual([]);
	});

	it('lets the next item try where the first one failed', async () => {
		under.sandbox.fault({ path: RESERVABLE, method: 'POST', status: 400, times: 1 });
		const node = appspaceNode('space.findAvailable', { ...range, limit: 2 });
		const nodes = [four, { ...node, onError: 'continueRegularOutput' as const }];
		const { items } = await run({ credentials: under.credentials, nodes });
		expect(items().filter(({ json }) => json.error)).toHaveLength(1);
		expect(items()).toHaveLength(7);
	});

	it('reads all bookings of that time, whatever the limit is', async () => {
		under.sandbox.set({ reservable: 'GET' });
		const [first] = await records('findAvailable', { ...range, limit: 1 });
		under.tenant.events = under.tenant.resources
			.filter(({ id }) => id !== first!.id)
			.map(({ id }, index) => {
				const [event] = under.tenant.events;
				return { ...event!, ...range, id: `event ${index}`, state: 'Pending', resourceIds: [id] };
			});
		expect(ids(await records('findAvailable', { ...range, limit: 5 }))).toEqual([first!.id]);
	});

	it('reads further pages where one does not hold all', async () => {
		under.sandbox.set({ reservable: 'POST' });
		const all = await records('findAvailable', { ...range, returnAll: true });
		const options = { pageSize: 7 };
		const paged = await records('findAvailable', { ...range, returnAll: true, options });
		expect(sorted(paged)).toEqual(sorted(all));
	});

	it('says so where the floor is filtered by nobody', async () => {
		under.sandbox.set({ reservable: 'GET' });
		const { error } = await execute('findAvailable', {
			...range,
			filters: { floorId: floor().id },
		});
		expect(error?.message).toContain('Appspace cannot filter by floor here');
	});

	it('refuses a time that is over', async () => {
		const { error } = await execute('findAvailable', {
			startAt: '2020-01-01',
			endAt: '2020-01-02',
		});
		expect(error?.message).toContain('"Start" (2020-01-01T');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});
