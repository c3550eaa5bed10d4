import type { Sandbox } from '../../sandbox/server.mts';

const MINUTE = 60_000;

/**
 * Turns one booking of the tenant into a no-show: it started half an hour ago and nobody checked in.
 * Returns its ID.
 */
export function makeMissedBooking({ tenant }: Sandbox, now = Date.now()): string {
	const event = tenant.events.find(({ state }) => state === 'Pending');
	if (!event) throw new Error('The tenant has no booking without a check-in.');
	event.startAt = new Date(now - 30 * MINUTE).toISOString();
	event.endAt = new Date(now + 30 * MINUTE).toISOString();
	return event.id;
}
