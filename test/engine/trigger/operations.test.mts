import { moveBookingsAway } from '../../support/bookingsAway.mts';
import { locators } from '../../support/appspaceNode.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';
import type { Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest({ undocumentedReply: 'object' });
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** A booking from and until so many minutes from now. */
function booking(from: number, until: number): string {
	const event = under.tenant.events.find(({ state }) => state === 'Pending');
	if (!event) throw new Error('The tenant has no such booking.');
	Object.assign(event, { startAt: inMinutes(from), endAt: inMinutes(until) });
	return event.id;
}

function visit(visitorRegistrationStatus: string) {
	const [one] = under.tenant.visits;
	const visitor = under.tenant.visitors.find(({ id }) => id === one?.visitors[0]?.id);
	if (!one || !visitor) throw new Error('The tenant has no visit.');
	one.visitors[0] = Object.assign(visitor, { visitorRegistrationStatus });
	return { eventId: one.id, visitorId: visitor.id };
}

const LATER = {
	startAt: '={{ $now.plus({ hours: 30 }) }}',
	endAt: '={{ $now.plus({ hours: 31 }) }}',
};
const room = () => under.tenant.resources.find(({ type }) => type === 'room')?.id;
const byEvent = (from: number, until: number) => () => ({ eventId: booking(from, until) });

type Row = [event: string, operation: `${string}.${string}`, prepare: () => Parameters];

/** What our own operations do in Appspace is an event, too. */
const rows: Row[] = [
	[
		'bookingCreated',
		'reservation.create',
		() => ({ ...LATER, spaceIds: locators(room()), title: 'Planning' }),
	],
	['bookingUpdated', 'event.move', () => ({ ...byEvent(90, 120)(), ...LATER })],
	[
		'bookingUpdated',
		'event.extend',
		() => ({ ...byEvent(-20, 30)(), endAt: '={{ $now.plus({ minutes: 40 }) }}' }),
	],
	['bookingCancelled', 'event.cancel', byEvent(90, 120)],
	['bookingCancelled', 'event.cancel', () => ({ ...byEvent(90, 120)(), way: 'delete' })],
	['bookingCancelled', 'event.release', byEvent(-20, 30)],
	['bookingCheckedIn', 'event.checkIn', byEvent(-5, 30)],
	['bookingEnded', 'event.end', byEvent(-20, 30)],
	[
		'visitorRegistered',
		'visitor.create',
		() => ({ firstName: 'Mary', lastName: 'Doe', email: 'mary.doe@example.com' }),
	],
	['visitorCheckedIn', 'visitor.checkIn', () => visit('Registered')],
	['visitorCheckedOut', 'visitor.checkOut', () => visit('CheckedIn')],
];

test.each(rows)('%s is what %s makes', async (event, operation, prepare) => {
	moveBookingsAway(under);
	const parameters = prepare();
	const { credentials } = under;
	const published = new PublishedTrigger({ credentials, parameters: { event }, isPatient: false });
	await published.publish();
	await published.tick();
	await under.records(operation, parameters);
	for (let poll = 0; poll < 3; poll++) await published.tick();
	expect(published.items).toHaveLength(1);
	const record = parameters.visitorId ?? parameters.eventId;
	if (record !== undefined) expect(published.items[0]?.id).toBe(record);
});
