import type { BookingEvent, Reservation } from '../data/bookings.mts';
import type { Tenant } from '../tenant.mts';
import { reservationOf, statusOf } from './bookingRules.mts';
import type { Call } from './endpoint.mts';

/** What a view needs to know of a call. */
type Viewer = Pick<Call, 'tenant' | 'settings'>;

/** An event with its resources at the top (appspace-api.md 5.5). */
export function eventView(viewer: Viewer, event: BookingEvent): object {
	return {
		...eventHead(viewer, event),
		resourceIds: event.resourceIds,
		resources: resourceEntries(viewer.tenant, event.resourceIds),
	};
}

/** The other shape of an event: its resources sit in the nested reservation, by `id`. */
export function nestedEventView(viewer: Viewer, event: BookingEvent): object {
	const reservation = reservationOf(viewer.tenant, event);
	return {
		...eventHead(viewer, event),
		reservation: {
			status: reservation.status,
			effectiveStartAt: event.startAt,
			resources: event.resourceIds.map((id) => ({ id })),
		},
	};
}

export function reservationView(viewer: Viewer, reservation: Reservation): object {
	const { username: _username, startTimeZone: _zone, resourceIds, ...shown } = reservation;
	const events = viewer.tenant.events.filter((event) => event.reservationId === reservation.id);
	return {
		...shown,
		resources: resourceEntries(viewer.tenant, resourceIds),
		events: events.map((event) => eventView(viewer, event)),
	};
}

function eventHead({ tenant, settings }: Viewer, event: BookingEvent): object {
	const { organizer, username, startTimeZone } = reservationOf(tenant, event);
	return {
		id: event.id,
		reservationId: event.reservationId,
		status: statusOf(event, settings, Date.now()),
		title: event.title,
		startAt: event.startAt,
		endAt: event.endAt,
		startTimeZone,
		createdAt: event.createdAt,
		updatedAt: event.updatedAt,
		origin: 'Appspace',
		organizer,
		provider: { organizer: { username } },
	};
}

function resourceEntries({ resources }: Tenant, resourceIds: readonly string[]): object[] {
	return resources
		.filter(({ id }) => resourceIds.includes(id))
		.map((resource) => ({
			resourceId: resource.id,
			resourceName: resource.name,
			resourceType: resource.type,
			resourceSubType: resource.subType,
			resourceNetworkId: resource.networkId,
			resourceFloorId: resource.networkId,
			resourceFloorName: resource.networkName,
		}));
}
