import { apiCalls } from '../support/appspaceNode.mts';
import { listSearch } from '../support/engine.mts';
import { tenantUnderTest } from '../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const search = async (method: string, filter?: string) =>
	(await listSearch({ method, credentials: under.credentials, filter })).results;
const values = async (method: string, filter?: string) =>
	(await search(method, filter)).map(({ value }) => value);
const ids = (list: ReadonlyArray<{ id: string }>) => list.map(({ id }) => id);
const now = () => new Date().toISOString();

test('spaces by name, with kind and place, and found by their floor', async () => {
	const desk = under.tenant.resources.find(({ subType }) => subType === 'Desk')!;
	const found = await search('searchSpaces');
	expect(found).toContainEqual({
		name: `${desk.name} (Desk, ${desk.locationPath})`,
		value: desk.id,
	});
	expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({ sort: 'name' });
	const onFloor = under.tenant.resources.filter(({ locationPath }) => {
		return locationPath === desk.locationPath;
	});
	expect(new Set(await values('searchSpaces', desk.locationPath))).toEqual(new Set(ids(onFloor)));
});

test('floors alone where a floor is wanted', async () => {
	const floors = under.tenant.resources.filter(({ type }) => type === 'floor');
	expect(new Set(await values('searchFloors'))).toEqual(new Set(ids(floors)));
});

test('booking events that are not long over, with time and space', async () => {
	const event = under.tenant.events.find(({ startAt }) => startAt > now())!;
	const [room] = under.tenant.resources.filter(({ id }) => event.resourceIds.includes(id));
	expect(await search('searchEvents')).toContainEqual({
		name: `${event.title} (${event.startAt}, ${room!.name})`,
		value: event.id,
	});
	const since = String(apiCalls(under.sandbox)[0]?.query.startAt);
	expect(Math.round((Date.now() - Date.parse(since)) / 3_600_000)).toBe(24);
});

test('reservations with time and space, also those without a title', async () => {
	Object.assign(under.tenant.reservations[0]!, { title: '' });
	const found = await search('searchReservations');
	expect(found.map(({ value }) => value)).toEqual(ids(under.tenant.reservations).slice(0, 100));
	expect(found[0]?.name).toMatch(/^\(untitled\) \(20.*, .+\)$/);
});

test('visitors by full name, with their address', async () => {
	const [visitor] = under.tenant.visitors;
	const { fullName, email, id } = visitor!;
	expect(await search('searchVisitors', email)).toEqual([
		{ name: `${fullName} (${email})`, value: id },
	]);
});

test('visits', async () => {
	const [visit] = under.tenant.visits;
	expect(await values('searchVisits', visit!.title)).toContain(visit!.id);
});

describe.each(['words', 'records'])('what is set up for visitors, as %s', (form) => {
	const list = (...names: string[]) =>
		names.map((name) => (form === 'words' ? name : { id: `id of ${name}`, name }));
	beforeEach(() => {
		Object.assign(under.tenant.visitorConfiguration, {
			visitorTypes: list('Guest', 'Contractor'),
			visitorPurposes: list('Meeting'),
			visitorFields: [{ id: 'f1', name: 'Company' }],
		});
	});

	it('types and purposes are chosen by name, fields by ID', async () => {
		expect(await values('searchVisitorTypes')).toEqual(['Guest', 'Contractor']);
		expect(await values('searchVisitorTypes', 'CONTRA')).toEqual(['Contractor']);
		expect(await values('searchVisitorPurposes')).toEqual(['Meeting']);
		expect(await search('searchVisitorFields')).toEqual([{ name: 'Company', value: 'f1' }]);
		expect(apiCalls(under.sandbox)).toHaveLength(4);
	});

	it('says why there is nothing to choose', async () => {
		under.sandbox.fault({ path: 'visitormanagement/configurations/me', status: 403 });
		await expect(search('searchVisitorTypes')).rejects.toMatchObject({
			message: expect.stringContaining('List of visitor types'),
		});
	});
});

test('time zones, by name as people type it', async () => {
	expect(await search('searchTimeZones', 'new york')).toEqual([
		{ name: 'America/New York', value: 'America/New_York' },
	]);
	const zones = await values('searchTimeZones');
	expect(zones).toEqual(expect.arrayContaining(['UTC', 'Europe/Prague', 'Asia/Tokyo']));
	expect(new Set(zones).size).toBe(zones.length);
});
