import { locator, locators } from '../support/appspaceNode.mts';
import { moveBookingsAway } from '../support/bookingsAway.mts';
import { PublishedTrigger } from '../support/triggerEngine.mts';
import { tenantUnderTest } from '../support/tenantUnderTest.mts';

// No source says what `startAt` and `endAt` select: what overlaps them, or only what lies between them.
const under = tenantUnderTest({ eventRange: 'within' });

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const room = () => under.tenant.resources.find(({ type }) => type === 'room')!;
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);

/** A booking of the service user that goes on for twenty hours before and after the next hour. */
function longBooking() {
	moveBookingsAway(under.sandbox);
	const { id } = under.tenant.serviceUser;
	const own = under.tenant.reservations.find(({ organizer }) => organizer.id === id)!;
	const event = under.tenant.events.find(({ reservationId }) => reservationId === own.id)!;
	const span = { startAt: at(-20), endAt: at(21), state: 'Active' as const };
	return Object.assign(event, { ...span, resourceIds: [room().id] });
}

const filters = () => ({ startAt: at(0), endAt: at(1) });

it.each<[string, () => Record<string, unknown>]>([
	['event.getAll', () => ({ filters: filters() })],
	['event.getMine', () => ({ filters: filters() })],
	['space.getEvents', () => ({ spaceId: locator(room().id), filters: filters() })],
])('%s gives a booking that began earlier and ends later', async (operation, parameters) => {
	const event = longBooking();
	expect(ids(await under.records(operation as `event.${string}`, parameters()))).toEqual([
		event.id,
	]);
});

it('visitor.getVisits gives a visit that began earlier and ends later', async () => {
	const visit = under.tenant.visits[0]!;
	under.tenant.visits = [Object.assign(visit, { startAt: at(-20), endAt: at(21) })];
	expect(ids(await under.records('visitor.getVisits', { filters: filters() }))).toEqual([visit.id]);
});

it.each(['GET', 'POST'] as const)(
	'a space that is taken is not free, by %s',
	async (reservable) => {
		under.sandbox.set({ reservable });
		longBooking();
		const parameters = { ...filters(), startAt: at(0.1), returnAll: true };
		const free = ids(await under.records('space.findAvailable', parameters));
		expect(free.length).toBeGreaterThan(0);
		expect(free).not.toContain(room().id);
	},
);

it('a conflict names the booking', async () => {
	longBooking();
	const error = await under.failure('reservation.create', {
		...{ ...filters(), startAt: at(0.1), title: 'Review', spaceIds: locators(room().id) },
	});
	expect(error?.message).toContain(`is already booked by ${under.tenant.serviceUser.name}`);
});

it.each([
	['bookingStartingSoon', { startAt: at(0.1), endAt: at(20) }],
	['bookingCheckedIn', { startAt: at(-20), endAt: at(44), state: 'Active' }],
	['bookingNotCheckedIn', { startAt: at(-0.5), endAt: at(20), state: 'Pending' }],
	['bookingEnded', { startAt: at(-20), endAt: at(-0.1), state: 'Active' }],
])('the trigger tells %s', async (event, fields) => {
	const booking = longBooking();
	moveBookingsAway(under.sandbox);
	const { credentials } = under;
	const published = new PublishedTrigger({ credentials, parameters: { event } });
	await published.publish();
	await published.tick();
	Object.assign(booking, fields);
	await published.tick();
	expect(published.items.map(({ id }) => id)).toEqual([booking.id]);
});
