import type { Sandbox } from '../../sandbox/server.mts';

const HOUR = 3_600_000;

/**
 * Moves every booking of the tenant to ten hours from now. The sandbox's bookings start and end at whole and
 * half hours: a test that runs at such a moment would meet events that it did not make.
 */
export function moveBookingsAway({ tenant }: Pick<Sandbox, 'tenant'>): void {
	const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
	for (const event of tenant.events) {
		Object.assign(event, { startAt: inHours(10), endAt: inHours(11) });
	}
}
