import { moveBookingsAway } from '../../support/bookingsAway.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
beforeEach(() => moveBookingsAway(under.sandbox));
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

function booking() {
	const [event] = under.tenant.events;
	if (!event) throw new Error('The tenant has no bookings.');
	const values: Partial<typeof event> = {
		...{ startAt: inMinutes(90), endAt: inMinutes(120) },
		...{ state: 'Pending', title: 'Planning' },
	};
	return Object.assign(event, values);
}

type Look = [becomes: string, change: () => void, isTold: boolean];
const looks: Look[] = [
	['canceled', () => void (booking().state = 'Cancelled'), true],
	['released', () => void (booking().state = 'Released'), true],
	['released for no-show', () => void (booking().title = '[Room released due to no-show] A'), true],
	['unknown', () => void under.tenant.events.shift(), true],
	['nothing else', () => undefined, false],
	['completed', () => void (booking().state = 'Completed'), false],
];

test.each(looks)('a booking that leaves the list and becomes %s', async (_name, change, isTold) => {
	const { id } = booking();
	// So few fit on any page that the answer below, which has no other page, is the whole list.
	under.tenant.events.splice(50);
	const published = new PublishedTrigger({
		credentials: under.credentials,
		parameters: { event: 'bookingCancelled' },
		isPatient: false,
	});
	await published.publish();
	await published.tick();
	change();
	const items = under.tenant.events.filter((event) => event.id !== id);
	const body = { items, start: 0, limit: 500, size: items.length };
	under.sandbox.fault({ path: /reservation\/events$/, status: 200, body, times: 100 });
	for (let poll = 0; poll < 3; poll++) await published.tick();
	expect(published.items.map((item) => item.id)).toEqual(isTold ? [id] : []);
});
