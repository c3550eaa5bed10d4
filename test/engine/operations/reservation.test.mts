import { apiCalls, locator } from '../../support/appspaceNode.mts';
import { dayMore } from '../../support/dayMore.mts';
import type { Parameters } from '../../support/operationRuns.mts';
import { bookingsUnderTest, END, START } from './bookingsUnderTest.mts';

const { under, execute, records, bookings, slot } = bookingsUnderTest();
const { sent } = under;

describe('Get Many', () => {
	it('gives flat fields, or the records as they are', async () => {
		const found = await records('getAll', { returnAll: true });
		expect(found.map(({ id }) => id)).toEqual(bookings().map(({ id }) => id));
		expect(Object.keys(found[0]!)).toEqual([
			...['id', 'title', 'status', 'startAt', 'endAt', 'organizerName'],
			...['attendeeEmails', 'resourceIds', 'resourceNames'],
		]);
		const [raw] = await records('getAll', { limit: 1, simplify: false });
		expect(raw).toMatchObject({ id: bookings()[0]!.id, isRecurring: false });
	});

	it('checks each filter, which the server ignores', async () => {
		const series = bookings().find(({ isRecurring }) => isRecurring)!;
		const last = under.tenant.events.filter((one) => one.reservationId === series.id).at(-1)!;
		const ids = async (filters: Parameters) =>
			(await records('getAll', { returnAll: true, filters })).map(({ id }) => id);

		const inRange = await ids({ startAt: last.startAt, endAt: last.endAt });
		expect(inRange).toContain(series.id);
		expect(inRange.length).toBeLessThan(bookings().length);
		const [spaceId] = series.resourceIds;
		const there = bookings().filter(({ resourceIds }) => resourceIds.includes(spaceId!));
		expect(await ids({ spaceId: locator(spaceId) })).toEqual(there.map(({ id }) => id));
		const theirs = bookings().filter(({ username }) => username === series.username);
		expect(await ids({ organizer: series.username.toUpperCase() })).toEqual(
			theirs.map(({ id }) => id),
		);
		expect(await ids({ organizer: series.organizer.name })).toEqual(theirs.map(({ id }) => id));
		const asked = apiCalls(under.sandbox).map(({ query }) => query);
		expect(asked[0]).toMatchObject(dayMore(last));
		const organizers = asked.map(({ organizer }) => organizer);
		expect(new Set(organizers)).toEqual(new Set([undefined, series.username.toUpperCase()]));
	});
});

test('Get finds a reservation, and says which one was not found', async () => {
	const [booking] = bookings();
	const [found] = await records('get', { reservationId: locator(booking!.id, 'list') });
	expect(found).toMatchObject({ id: booking!.id, title: booking!.title });
	const { error } = await execute('get', { reservationId: 'gone' });
	expect(error).toMatchObject({ httpCode: '404', message: 'Reservation "gone" was not found' });
});

describe('Update', () => {
	it('sends what is named, and passes the reply through, whatever its shape', async () => {
		const booking = bookings().find(({ isRecurring }) => !isRecurring)!;
		for (const undocumentedReply of ['object', 'array', 'items', 'text', 'empty'] as const) {
			under.sandbox.set({ undocumentedReply });
			const title = `Changed ${undocumentedReply}`;
			const [reply] = await records('update', {
				reservationId: booking.id,
				updateFields: { title },
			});
			expect(booking.title).toBe(title);
			if (undocumentedReply === 'text') expect(reply).toEqual({ data: 'OK' });
			else if (undocumentedReply === 'empty') expect(reply).toEqual({ success: true });
			else expect(reply).toMatchObject({ id: booking.id, title });
		}
	});

	it('moves it, and names the holder of a slot that is taken', async () => {
		await records('create', slot());
		const reservationId = bookings().find(({ isRecurring }) => !isRecurring)!.id;
		const updateFields = {
			startAt: '2098-06-03T09:00',
			endAt: '2098-06-03T10:00',
			timeZone: 'UTC',
		};
		await records('update', { reservationId, updateFields });
		expect(sent('PATCH', reservationId)[0]?.body).toEqual({
			startAt: '2098-06-03T09:00:00.000Z',
			endAt: '2098-06-03T10:00:00.000Z',
		});
		await records(
			'create',
			slot({ startAt: '2098-06-04T09:00Z', endAt: '2098-06-04T10:00Z', title: 'Second' }),
		);
		const { error } = await execute('update', {
			reservationId: bookings().at(-1)!.id,
			updateFields: { startAt: START, endAt: END },
		});
		expect(error?.message).toContain(`is already booked by ${under.tenant.serviceUser.name}`);
		expect(error?.description).toContain('"Weekly planning"');
	});

	it.each<[string, Parameters]>([
		['There is nothing to update', {}],
		['There is nothing to update', { timeZone: 'UTC', title: ' ' }],
		['"Start" (2020', { startAt: '2020-01-01' }],
		['"End" (2020', { endAt: '2020-01-01' }],
		['is not after "Start"', { startAt: END, endAt: START }],
	])('says before sending: %s %j', async (sentence, updateFields) => {
		const { error } = await execute('update', { reservationId: bookings()[0]!.id, updateFields });
		expect(error?.message).toContain(sentence);
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

test('Delete takes a reservation away', async () => {
	const { id } = bookings()[0]!;
	expect(await records('delete', { reservationId: id })).toEqual([{ id, deleted: true }]);
	expect(bookings().some((booking) => booking.id === id)).toBe(false);
	expect((await execute('delete', { reservationId: id })).error).toMatchObject({ httpCode: '404' });
});
