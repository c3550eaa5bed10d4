import { locator, locators } from '../../support/appspaceNode.mts';
import { operationsOf, type Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

export const [START, END] = ['2098-06-01T09:00:00.000Z', '2098-06-01T10:00:00.000Z'];

/** A tenant that books in the name of the organizer in the order, with ways to book a room of it. */
export function bookingsUnderTest() {
	const under = tenantUnderTest({ bookingOrganizer: 'asSent' });
	const room = () => under.tenant.resources.find(({ type }) => type === 'room')!;
	return {
		under,
		...operationsOf(under, 'reservation'),
		bookings: () => under.tenant.reservations,
		room,
		/** The parameters of an order for this room, from START to END. */
		slot: (more: Parameters = {}): Parameters => ({
			...{ spaceIds: locators(locator(room().id, 'list')), startAt: START, endAt: END },
			...{ title: 'Weekly planning', ...more },
		}),
	};
}
