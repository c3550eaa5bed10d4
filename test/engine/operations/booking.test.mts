import { apiCalls, appspaceNode, locator, locators } from '../../support/appspaceNode.mts';
import type { Parameters } from '../../support/operationRuns.mts';
import { bookingsUnderTest, END, START } from './bookingsUnderTest.mts';

const { under, execute, records, bookings, room, slot } = bookingsUnderTest();
const { sent } = under;

const allDay = (startAt: string, endAt: string): Parameters => ({
	...{ startAt, endAt, additionalFields: { isAllDay: true } },
});
/** Moves the latest booking, as if it had been made a while ago for the time that was then. */
function beginEarlier(startAt: string) {
	Object.assign(under.tenant.events.at(-1)!, { startAt });
	Object.assign(bookings().at(-1)!, { startAt });
}

describe('Create', () => {
	it('books in form A, in the name of the service user', async () => {
		const { serviceUser } = under.tenant;
		const [made] = await records('create', slot());
		expect(sent('POST', 'reservation/reservations')).toEqual([
			expect.objectContaining({
				body: {
					resourceIds: [room().id],
					effectiveStartAt: START,
					effectiveEndAt: END,
					startTimeZone: 'America/New_York',
					endTimeZone: 'America/New_York',
					title: 'Weekly planning',
					organizer: { id: serviceUser.id, name: serviceUser.name },
					attendees: [],
					visitors: [],
					sensitivity: 'Public',
					organizerAvailabilityType: 'Busy',
					isAllDay: false,
				},
			}),
		]);
		expect(made).toMatchObject({
			title: 'Weekly planning',
			startAt: START.replace('.000Z', 'Z'),
			organizerName: serviceUser.name,
			resourceIds: [room().id],
			resourceNames: [room().name],
			alreadyBooked: false,
		});
		expect(sent('POST', 'locks/resources')).toEqual([]);
	});

	it('sends everything that can be filled in', async () => {
		const [organizer, attendee] = under.tenant.users.slice(4, 6);
		const [visitor] = under.tenant.visitors;
		await records('create', {
			...slot({ attendees: locators('guest@example.org', attendee!.id) }),
			timeZone: locator('Asia/Tokyo'),
			startAt: '2098-06-01T09:00:00',
			endAt: '2098-06-01 10:30',
			additionalFields: {
				isAllDay: true,
				notes: ' Bring the plans ',
				organizerId: locator(organizer!.id, 'list'),
				sensitivity: 'Private',
				visitPurpose: locator('Meeting', 'list'),
				visitorIds: locators(visitor!.id),
				newVisitors: {
					visitor: [
						{ email: 'mary@example.org', firstName: 'Mary', lastName: 'Major', visitorType: '' },
					],
				},
			},
		});
		expect(sent('POST', 'reservation/reservations')[0]?.body).toMatchObject({
			effectiveStartAt: '2098-06-01T00:00:00.000Z',
			effectiveEndAt: '2098-06-01T01:30:00.000Z',
			startTimeZone: 'Asia/Tokyo',
			endTimeZone: 'Asia/Tokyo',
			organizer: { id: organizer!.id, name: organizer!.name },
			attendees: [
				{
					displayName: 'guest@example.org',
					email: 'guest@example.org',
					resourceIds: [room().id],
					attendanceType: 'InPerson',
				},
				{
					displayName: attendee!.name,
					email: attendee!.email,
					resourceIds: [room().id],
					attendanceType: 'InPerson',
					userId: attendee!.id,
					id: attendee!.id,
				},
			],
			isAllDay: true,
			notes: 'Bring the plans',
			sensitivity: 'Private',
			visitPurpose: 'Meeting',
			visitors: [
				{ id: visitor!.id, email: visitor!.email },
				{ email: 'mary@example.org', firstName: 'Mary', lastName: 'Major', visitorType: 'Guest' },
			],
		});
	});

	it.each([
		['dates alone', '2098-06-01', '2098-06-01'],
		['the same moment', '2098-06-01T09:00', '2098-06-01T09:00'],
		['an end before the start, on the same day', '2098-06-01T09:00', '2098-06-01T08:00'],
	])('books one day where both ends are on it: %s', async (_, startAt, endAt) => {
		await records('create', slot(allDay(startAt, endAt)));
		expect(sent('POST', 'reservation/reservations')[0]?.body).toMatchObject({
			...{ isAllDay: true, startTimeZone: 'America/New_York' },
			effectiveStartAt: '2098-06-01T04:00:00.000Z',
			effectiveEndAt: '2098-06-02T04:00:00.000Z',
		});
	});

	it('refuses an end on an earlier day for whole days too', async () => {
		const { error } = await execute('create', slot(allDay('2098-06-02', '2098-06-01')));
		expect(error?.message).toContain('is not after "Start"');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});

	it('locks first where that is wanted, and books all the same where the lock is refused', async () => {
		const options = { lockFirst: true };
		await records('create', slot({ options }));
		expect(sent('POST', 'locks/resources')[0]?.body).toEqual({
			resourceIds: [room().id],
			from: START,
			to: END,
		});
		const order = apiCalls(under.sandbox).filter(({ method }) => method === 'POST');
		expect(order.map(({ path }) => path.split('/').pop())).toEqual(['resources', 'reservations']);

		under.sandbox.fault({ path: 'reservation/locks/resources', status: 500, times: 9 });
		const later = { startAt: '2098-06-02T09:00Z', endAt: '2098-06-02T10:00Z' };
		const [made] = await records('create', slot({ options, ...later }));
		expect(made).toMatchObject({ alreadyBooked: false });
	});
});

describe('Create, run once more', () => {
	it('gives back its own booking and makes no second one', async () => {
		const before = bookings().length;
		const attendees = 'ann@example.org, bea@example.org';
		const [first] = await records('create', slot({ attendees: locators(attendees) }));
		const [second] = await records(
			'create',
			slot({ attendees: locators('BEA@example.org,ann@example.org') }),
		);
		expect(first).toMatchObject({ alreadyBooked: false });
		expect(second).toEqual({ ...first, alreadyBooked: true });
		expect(bookings()).toHaveLength(before + 1);
	});

	it('does so without Simplify, for several spaces, and in the name of somebody else', async () => {
		const rooms = under.tenant.resources.filter(({ type }) => type === 'room').slice(0, 2);
		const parameters = slot({
			simplify: false,
			spaceIds: locators(...rooms.map(({ id }) => id)),
			additionalFields: { organizerId: under.tenant.users[5]!.id },
		});
		under.sandbox.set({ bookingOrganizer: 'asSent' });
		const [first] = await records('create', parameters);
		const reversed = rooms.map(({ id }) => id).reverse();
		const [second] = await records('create', {
			...parameters,
			spaceIds: locators(reversed.join(', ')),
		});
		expect(second).toMatchObject({ id: first?.id, alreadyBooked: true });
	});

	it('does so where Appspace cuts fractions of a second, and not a second later', async () => {
		under.sandbox.set({ fractions: 'never' });
		const times = { startAt: '2098-06-01T09:00:00.250Z', endAt: '2098-06-01T10:00:00.750Z' };
		const [first] = await records('create', slot(times));
		expect(first).toMatchObject({ startAt: '2098-06-01T09:00:00Z', alreadyBooked: false });
		const [second] = await records('create', slot(times));
		expect(second).toMatchObject({ id: first?.id, alreadyBooked: true });
		const { error } = await execute('create', slot({ ...times, startAt: '2098-06-01T09:00:01Z' }));
		expect(error?.description).toContain('it differs in start');
	});

	it('does so where Appspace counts the organizer among the attendees', async () => {
		await records('create', slot({ attendees: locators('ann@example.org') }));
		const { id, email } = under.tenant.serviceUser;
		bookings().at(-1)!.attendees.push({ userId: id, email });
		const [second] = await records('create', slot({ attendees: locators('ann@example.org') }));
		expect(second).toMatchObject({ alreadyBooked: true });
	});

	it('does so after an answer that never came', async () => {
		under.sandbox.fault({
			path: 'reservation/reservations',
			method: 'POST',
			reset: 'afterHandling',
		});
		const before = bookings().length;
		const { error } = await execute('create', slot());
		expect(error?.description).toContain('Appspace may have carried out the request');
		const [second] = await records('create', slot());
		expect(second).toMatchObject({ title: 'Weekly planning', alreadyBooked: true });
		expect(bookings()).toHaveLength(before + 1);
	});

	it('does so when its start is over by now, and sends nothing that writes', async () => {
		const startAt = new Date(Date.now() - 5 * 60_000).toISOString();
		const [first] = await records('create', slot());
		beginEarlier(startAt);
		under.sandbox.clearRequests();
		const options = { lockFirst: true };
		const [second] = await records('create', slot({ startAt, options }));
		expect(second).toMatchObject({ id: first?.id, alreadyBooked: true });
		expect(apiCalls(under.sandbox).map(({ method }) => method)).not.toContain('POST');
		const { error } = await execute('create', slot({ startAt, title: 'Another planning' }));
		expect(error?.message).toContain('is in the past');
	});

	it('does so when two items of one run ask for the same', async () => {
		const before = bookings().length;
		const options = { itemsAtOnce: 2 };
		const twice = { name: 'Twice', type: 'fixedItems', parameters: { items: '[{}, {}]' } };
		const nodes = [twice, appspaceNode('reservation.create', slot({ options }))];
		const { error, items } = await under.run({ nodes });
		expect(error).toBeUndefined();
		expect(
			items()
				.map(({ json }) => json.alreadyBooked)
				.sort(),
		).toEqual([false, true]);
		expect(bookings()).toHaveLength(before + 1);
	});

	it.each<[string, Parameters]>([
		['title', { title: 'Another planning' }],
		['title', { title: 'weekly planning' }],
		['attendees', { attendees: locators('cid@example.org') }],
		['attendees', { attendees: locators('ann@example.org, cid@example.org') }],
		['attendees', { attendees: locators('') }],
		['start', { startAt: '2098-06-01T09:15Z' }],
		['end', { endAt: '2098-06-01T09:45Z' }],
		['notes', { additionalFields: { notes: 'Bring the keys' } }],
		['all day', { additionalFields: { isAllDay: true } }],
	])('is a clash where the %s differs: %j', async (what, changes) => {
		const before = bookings().length;
		const additionalFields = { notes: 'Bring the plans' };
		await records('create', slot({ attendees: locators('ann@example.org'), additionalFields }));
		const { error, items } = await execute(
			'create',
			slot({ attendees: locators('ann@example.org'), ...changes }),
		);
		expect(items()).toEqual([]);
		expect(error?.message).toContain(
			`${room().name} is already booked by ${under.tenant.serviceUser.name}`,
		);
		expect(error).toMatchObject({ httpCode: '409' });
		expect(error?.description).toContain(`it differs in ${what}.`);
		expect(bookings()).toHaveLength(before + 1);
	});

	it('says which parameters of the item it neither compared nor wrote', async () => {
		const [visitor] = under.tenant.visitors;
		const additionalFields = {
			...{ isAllDay: false, notes: 'Bring the plans', sensitivity: 'Private' },
			visitorIds: locators(visitor!.id),
		};
		await records('create', slot());
		const [plain, filledIn] = [
			await execute('create', slot()),
			await execute('create', slot({ additionalFields })),
		];
		expect([plain, filledIn].map(({ items }) => items()[0]?.json.alreadyBooked)).toEqual([
			true,
			true,
		]);
		expect(plain.hints).toEqual([]);
		expect(filledIn.hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('neither compared nor written: Notes, Sensitivity, Visitors.'),
		]);
	});

	it('is a clash where the organizer differs: two people through one service user', async () => {
		under.sandbox.set({ bookingOrganizer: 'asSent' });
		const [one, other] = under.tenant.users.slice(5, 7);
		const by = (organizerId: string) => slot({ additionalFields: { organizerId } });
		await records('create', by(one!.id));
		const { error } = await execute('create', by(other!.id));
		expect(error?.message).toContain(`is already booked by ${one!.name}`);
		expect(error?.description).toContain('it differs in organizer.');
	});

	it('is a clash where only one of the spaces is taken', async () => {
		const [first, second] = under.tenant.resources.filter(({ type }) => type === 'room');
		await records('create', slot({ spaceIds: locators(first!.id) }));
		const { error } = await execute('create', slot({ spaceIds: locators(first!.id, second!.id) }));
		expect(error?.description).toContain('it differs in spaces.');
	});

	it('names the holder where Appspace ignores the filters', async () => {
		const [holder, neighbor] = under.tenant.users.slice(8, 10);
		const [here, there] = under.tenant.resources.filter(({ type }) => type === 'room');
		const by = (organizerId: string) => ({ additionalFields: { organizerId } });
		await records('create', slot({ spaceIds: locators(there!.id), ...by(neighbor!.id) }));
		await records('create', slot({ spaceIds: locators(here!.id), ...by(holder!.id) }));
		const items = under.tenant.events.slice(-2).map(({ resourceIds, reservationId, ...event }) => {
			const { organizer } = bookings().find(({ id }) => id === reservationId)!;
			return { ...event, reservationId, organizer, resourceIds };
		});
		under.sandbox.fault({ path: 'reservation/events', status: 200, body: { items } });
		const { error } = await execute('create', slot({ spaceIds: locators(here!.id) }));
		expect(error?.message).toContain(`is already booked by ${holder!.name}, from`);
	});

	it('names the holder where reservations may not be read', async () => {
		const holder = under.tenant.users[8]!;
		under.sandbox.set({ bookingOrganizer: 'asSent' });
		await records('create', slot({ additionalFields: { organizerId: holder.id } }));
		under.sandbox.set({ forbiddenPaths: [/reservation\/reservations\/./] });
		const { error } = await execute('create', slot());
		expect(error?.message).toContain(`is already booked by ${holder.name}`);
	});

	it('says so where the holder may not be seen, in the words of Appspace', async () => {
		await records('create', slot());
		under.sandbox.set({ forbiddenPaths: [/reservation\/events/], errorBody: 'message' });
		const { error } = await execute('create', slot({ title: 'Other' }));
		expect(error).toMatchObject({ httpCode: '409' });
		expect(error?.message).toContain('The spaces are already booked');
		expect(error?.description).toContain('is already reserved by');
	});
});

describe('Create, told before anything is sent', () => {
	it.each<[string, Parameters]>([
		['The parameter "Spaces" is empty', { spaceIds: locators(' , ') }],
		['The parameter "Title" is empty', { title: '={{ " " }}' }],
		['The parameter "Start" is empty', { startAt: '={{ "" }}' }],
		['The parameter "End" is empty', { endAt: '={{ null }}' }],
		['The parameter "Start" is not a date and time: "tomorrow"', { startAt: 'tomorrow' }],
		[
			'The parameter "End" (2098-06-01T08:59:59.000Z) is not after',
			{ endAt: '2098-06-01T08:59:59Z' },
		],
		['The parameter "End" (2098-06-01T09:00:00.000Z) is not after', { endAt: START }],
		['The parameter "Time Zone" is not the name', { timeZone: locator('Mars/Base') }],
	])('%s', async (sentence, changes) => {
		const { error } = await execute('create', slot(changes));
		expect(error?.message).toContain(sentence);
		expect(apiCalls(under.sandbox)).toEqual([]);
	});

	it.each<[string, Parameters]>([
		['"Start" (2020-01-01T', { startAt: '2020-01-01' }],
		['"Start" (20', { startAt: '={{ $now.minus({ minutes: 2 }) }}' }],
		['"End" (2020-01-02T', allDay('2020-01-01', '2020-01-02')],
	])('a time that is over, after nothing but reading: %s', async (what, changes) => {
		const { error } = await execute('create', slot({ options: { lockFirst: true }, ...changes }));
		expect(error?.message).toContain(`The parameter ${what}`);
		expect(error?.message).toContain('is in the past');
		expect(apiCalls(under.sandbox).map(({ method }) => method)).not.toContain('POST');
	});

	it('a time that is over, also where bookings may not be read', async () => {
		under.sandbox.set({ forbiddenPaths: [/reservation/] });
		const { error } = await execute('create', slot({ startAt: '2020-01-01' }));
		expect(error?.message).toContain('is in the past');
	});

	it('takes now as a start, in each form that n8n gives dates', async () => {
		const hour = (hours: number) => `$now.plus({ days: 40, hours: ${hours} })`;
		for (const [at, startAt] of [
			`={{ $now }}`,
			`={{ ${hour(2)} }}`,
			`={{ ${hour(4)}.toISO() }}`,
			`={{ ${hour(6)}.toJSDate() }}`,
		].entries()) {
			const endAt = at === 0 ? '={{ $now.plus({ minutes: 5 }) }}' : `={{ ${hour(at * 2 + 1)} }}`;
			const free = under.tenant.resources.filter(({ type }) => type === 'room').at(-1)!;
			under.tenant.events = [];
			await records('create', slot({ spaceIds: locators(free.id), startAt, endAt }));
		}
		const bodies = sent('POST', 'reservation/reservations').map(({ body }) => body);
		const starts = (bodies as Array<{ effectiveStartAt: string }>).map(
			(body) => body.effectiveStartAt,
		);
		expect(starts).toHaveLength(4);
		for (const start of starts) expect(start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		const hours = starts.map(
			(start) => Math.round((Date.parse(start) - Date.now()) / 3_600_000) + 0,
		);
		expect(hours).toEqual([0, 962, 964, 966]);
	});
});
