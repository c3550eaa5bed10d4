import { apiCalls, locator, locators } from '../../support/appspaceNode.mts';
import { dayMore } from '../../support/dayMore.mts';
import { operationsOf, type Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const { sent } = under;
const { execute, records } = operationsOf(under, 'event');
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const byStart = () =>
	[...under.tenant.events].sort((one, other) => one.startAt.localeCompare(other.startAt));

const HOUR = 3_600_000;
const from = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
/** An event of the service user, moved to begin in so many hours and to last one. */
function own(hours: number) {
	const { id } = under.tenant.serviceUser;
	const reservation = under.tenant.reservations.find(
		({ organizer, isRecurring }) => organizer.id === id && !isRecurring,
	)!;
	const event = under.tenant.events.find(({ reservationId }) => reservationId === reservation.id)!;
	const others = ({ resourceIds }: typeof event) => resourceIds[0] !== event.resourceIds[0];
	under.tenant.events = [event, ...under.tenant.events.filter(others)];
	return Object.assign(event, { startAt: from(hours), endAt: from(hours + 1), state: 'Pending' });
}

describe('Get Many', () => {
	it('gives events in order of their start, with flat fields', async () => {
		const found = await records('getAll', { returnAll: true });
		expect(found.map(({ startAt }) => startAt)).toEqual(byStart().map(({ startAt }) => startAt));
		expect(Object.keys(found[0]!)).toEqual([
			...['id', 'reservationId', 'title', 'status', 'startAt', 'endAt', 'startTimeZone'],
			...['organizerName', 'resourceIds', 'resourceNames'],
		]);
		expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({ sort: 'startAt', start: '0' });
	});

	it('asks for range and spaces, in UTC', async () => {
		const event = byStart()[10]!;
		const filters = {
			startAt: event.startAt.replace('Z', ''),
			endAt: event.endAt.replace('Z', ''),
			timeZone: 'UTC',
			spaceIds: locators(event.resourceIds[0]),
		};
		expect(ids(await records('getAll', { filters }))).toEqual([event.id]);
		expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({
			...dayMore(event),
			resourceids: event.resourceIds[0],
		});
	});

	it('checks status and range on its own side too', async () => {
		const [event] = under.tenant.events.filter(({ state }) => state === 'Released');
		for (const status of [['Released'], 'released, Cancelled']) {
			expect(ids(await records('getAll', { filters: { status } }))).toEqual([event!.id]);
		}
		for (const { query } of apiCalls(under.sandbox)) expect(query).not.toHaveProperty('status');

		// A server that ignores the filters answers with everything.
		const items = byStart().map(({ id, startAt, endAt }) => ({ id, startAt, endAt }));
		under.sandbox.fault({ path: 'reservation/events', status: 200, body: { items } });
		const filters = { startAt: event!.startAt, endAt: event!.endAt };
		const found = await records('getAll', { returnAll: true, filters });
		expect(ids(found)).toContain(event!.id);
		expect(found.length).toBeLessThan(items.length);
	});

	it.each<[string, Parameters]>([
		[
			'"End" (2098-01-01T00:00:00.000Z) is not after',
			{ startAt: '2098-01-01', endAt: '2098-01-01' },
		],
		['"Start" is not a date and time: "soon"', { startAt: 'soon' }],
		['"Time Zone" is not the name of a time zone: "CEST+2"', { timeZone: 'CEST+2' }],
	])('says before sending: %s', async (sentence, filters) => {
		const { error } = await execute('getAll', { filters: { timeZone: 'UTC', ...filters } });
		expect(error?.message).toContain(sentence);
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

describe('Get Mine', () => {
	it('lists the events of the service user, whose spaces sit in another shape', async () => {
		const event = own(3);
		const mine = await records('getMine', { returnAll: true });
		expect(mine.map(({ organizerName }) => organizerName)).toEqual(
			mine.map(() => under.tenant.serviceUser.name),
		);
		expect(mine.find(({ id }) => id === event.id)?.resourceIds).toEqual(event.resourceIds);
		expect(sent('GET', 'reservation/users/me/events')).not.toEqual([]);
	});

	it('asks for range and statuses, and checks them', async () => {
		const event = own(3);
		// At some times of the day, the random bookings of the service user are in the range, too.
		const { events, reservations, serviceUser } = under.tenant;
		const mine = reservations.filter(({ organizer }) => organizer.id === serviceUser.id);
		const others = mine.filter(({ id }) => id !== event.reservationId).map(({ id }) => id);
		under.tenant.events = events.filter(({ reservationId }) => !others.includes(reservationId));
		const filters = { startAt: from(2), endAt: from(5), status: ['Pending', 'Active'] };
		expect(ids(await records('getMine', { filters }))).toEqual([event.id]);
		expect(apiCalls(under.sandbox)[0]?.query).toMatchObject({ status: 'Pending,Active' });
	});
});

test('Get finds an event, and says which one was not found', async () => {
	const [event] = under.tenant.events;
	expect(await records('get', { eventId: locator(event!.id, 'list') })).toMatchObject([
		{ id: event!.id, reservationId: event!.reservationId, resourceIds: event!.resourceIds },
	]);
	const { error } = await execute('get', { eventId: 'gone' });
	expect(error).toMatchObject({ httpCode: '404', message: 'Event "gone" was not found' });
});

describe('Check In', () => {
	it('names the spaces of the event', async () => {
		const event = own(0.1);
		expect(await records('checkIn', { eventId: event.id })).toEqual([{ success: true }]);
		expect(event.state).toBe('Active');
		expect(sent('POST', 'checkin')[0]?.body).toEqual({ resourceIds: event.resourceIds });
	});

	it('names the spaces that were chosen, and asks no more', async () => {
		const event = own(0.1);
		await records('checkIn', { eventId: event.id, spaceIds: locators(event.resourceIds[0]) });
		expect(apiCalls(under.sandbox)).toHaveLength(1);
	});

	it('says what Appspace says outside the window', async () => {
		const { error } = await execute('checkIn', { eventId: own(3).id });
		expect(error?.message).toContain('Appspace does not accept the request for Event "');
		expect(error?.description).toContain('cannot be checked in to at this time');
	});
});

describe.each([
	['checkOut', 'checkout', -0.5, 'Completed'],
	['end', 'end', -0.5, 'Completed'],
	['release', 'release', 3, 'Released'],
	['cancel', 'cancel', 3, 'Cancelled'],
] as const)('%s', (operation, verb, hours, state) => {
	it.each(['object', 'array', 'items', 'text', 'empty'] as const)(
		'is carried out, and a reply that is %s passed through',
		async (undocumentedReply) => {
			under.sandbox.set({ undocumentedReply });
			const event = own(hours);
			const [reply] = await records(operation, { eventId: locator(event.id) });
			expect(event.state).toBe(state);
			expect(sent('POST', `${event.id}/${verb}`)).toHaveLength(1);
			const expected = { text: { data: 'OK' }, empty: { success: true } };
			const shapes: Record<string, object> = expected;
			expect(reply).toMatchObject(shapes[undocumentedReply] ?? { id: event.id });
		},
	);

	it('says which event was not found', async () => {
		const { error } = await execute(operation, { eventId: 'gone' });
		expect(error).toMatchObject({ httpCode: '404', message: 'Event "gone" was not found' });
	});
});

describe('Cancel', () => {
	it('gives the reason', async () => {
		await records('cancel', { eventId: own(3).id, reason: ' The visitor is ill ' });
		expect(sent('POST', 'cancel')[0]?.body).toEqual({ reason: 'The visitor is ill' });
	});

	it('deletes where that is the way', async () => {
		const event = own(3);
		expect(await records('cancel', { eventId: event.id, way: 'delete' })).toEqual([
			{ success: true },
		]);
		expect(event.state).toBe('Cancelled');
		expect(apiCalls(under.sandbox).map(({ method }) => method)).toEqual(['DELETE']);
	});
});

describe('Extend', () => {
	it('sends the later end in UTC', async () => {
		const event = own(-0.5);
		await records('extend', { eventId: event.id, endAt: `={{ $now.plus({ hours: 2 }) }}` });
		expect(sent('POST', 'extend')[0]?.body).toEqual({
			endAt: new Date(event.endAt).toISOString(),
		});
		expect(Math.abs(Date.parse(event.endAt) - Date.now() - 2 * HOUR)).toBeLessThan(60_000);
	});

	it('refuses a time that is over before anything is sent', async () => {
		const { error } = await execute('extend', { eventId: own(-0.5).id, endAt: '2020-01-01' });
		expect(error?.message).toContain('The parameter "End" (2020-01-01T');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});

	it('names the holder of what comes next', async () => {
		const event = own(-0.5);
		const next = under.tenant.events.find(
			({ reservationId }) => reservationId !== event.reservationId,
		)!;
		Object.assign(next, {
			...{ startAt: from(1), endAt: from(2), state: 'Pending', resourceIds: event.resourceIds },
		});
		const holder = under.tenant.reservations.find(({ id }) => id === next.reservationId)!;
		const { error } = await execute('extend', { eventId: event.id, endAt: from(1.5) });
		expect(error?.message).toContain(`is already booked by ${holder.organizer.name}`);
		expect(error).toMatchObject({ httpCode: '409' });
	});
});

describe('Move', () => {
	it('sends the form of the client that moves bookings', async () => {
		const event = own(3);
		const parameters = { startAt: '2098-06-01T09:00', endAt: '2098-06-01T10:00' };
		await records('move', { eventId: event.id, timeZone: locator('Asia/Kolkata'), ...parameters });
		const [startAt, endAt] = ['2098-06-01T03:30:00.000Z', '2098-06-01T04:30:00.000Z'];
		expect(sent('PATCH', event.id)[0]?.body).toEqual({
			...{ startAt, endAt, reservationStartAt: startAt, reservationEndAt: endAt },
		});
		expect(event).toMatchObject({
			...{ startAt: '2098-06-01T03:30:00Z', endAt: '2098-06-01T04:30:00Z' },
		});
	});

	it('takes dates without an offset in the zone of the workflow', async () => {
		const event = own(3);
		const parameters = { startAt: '2098-07-01T09:00', endAt: '2098-07-01T10:00' };
		await records('move', { eventId: event.id, ...parameters });
		expect(event.startAt).toBe('2098-07-01T13:00:00Z');
	});

	it('names the holder of a slot that is taken, and not itself', async () => {
		const event = own(3);
		const other = under.tenant.events.find(({ reservationId }) => {
			return reservationId !== event.reservationId;
		})!;
		Object.assign(other, {
			...{ startAt: from(4), endAt: from(5), state: 'Active', resourceIds: event.resourceIds },
		});
		const { error } = await execute('move', {
			...{ eventId: event.id, startAt: from(3.6), endAt: from(4.6) },
		});
		const holder = under.tenant.reservations.find(({ id }) => id === other.reservationId)!;
		expect(error?.message).toContain(`is already booked by ${holder.organizer.name}, from`);
		expect(error?.message).toContain(`from ${other.startAt} to ${other.endAt}`);
		expect(error?.description).toContain(`reservation ${other.reservationId}.`);
	});

	it('refuses a start that is over', async () => {
		const { error } = await execute('move', {
			...{ eventId: own(3).id, startAt: '2020-01-01', endAt: '2098-01-01' },
		});
		expect(error?.message).toContain('is in the past');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

test('names the roles where it is forbidden', async () => {
	under.sandbox.set({ forbiddenPaths: [/reservation/] });
	const { error } = await execute('getAll');
	expect(error).toMatchObject({
		httpCode: '403',
		description: expect.stringContaining('Reservation Reader (to read) or Reservation Writer'),
	});
});
