import type { Sandbox } from '../../sandbox/server.mts';

const MINUTE = 60_000;

/** Makes one booking of the tenant a no-show: under way for half an hour, and nobody checked in. Its ID. */
export function makeMissedBooking({ tenant }: Sandbox, now = Date.now()): string {
	const event = tenant.events.find(({ state }) => state === 'Pending');
	if (!event) throw new Error('The tenant has no booking that nobody has checked in to.');
	event.startAt = new Date(now - 30 * MINUTE).toISOString();
	event.endAt = new Date(now + 30 * MINUTE).toISOString();
	return event.id;
}
