import type { BookingEvent, Reservation } from '../data/bookings.mts';
import { shown } from '../recordForms.mts';
import { reservationOf, statusOf } from './bookingRules.mts';
import type { Call } from './endpoint.mts';
import { networkOf } from './spacePlaces.mts';

/** What a view needs from a request. */
type Viewer = Pick<Call, 'tenant' | 'settings'>;

/** An event with its resources at the top (appspace-api.md 5.5). */
export function eventView(viewer: Viewer, event: BookingEvent): object {
	return {
		...eventHead(viewer, event),
		resourceIds: event.resourceIds,
		resources: resourceEntries(viewer, event.resourceIds),
	};
}

/**
 * An event of the acting user. Its resources are at the top, with IDs, and on demand in the nested
 * reservation, with `id`; or only in the nested reservation, if the settings say so (appspace-api.md
 * 5.5).
 */
export function ownEventView(viewer: Viewer, event: BookingEvent, withSource: boolean): object {
	const { status } = reservationOf(viewer.tenant, event);
	const { resourceIds, startAt } = event;
	const isNestedAlone = viewer.settings.ownEvents === 'nested';
	const resources = resourceIds.map((id) => ({ id }));
	return {
		...eventHead(viewer, event),
		...(isNestedAlone ? {} : { resourceIds }),
		...(isNestedAlone || withSource
			? { reservation: { status, effectiveStartAt: startAt, resources } }
			: {}),
	};
}

export function reservationView(viewer: Viewer, reservation: Reservation): object {
	const { username: _username, startTimeZone: _zone, resourceIds, ...rest } = reservation;
	const events = viewer.tenant.events.filter((event) => event.reservationId === reservation.id);
	return {
		...shown(viewer, 'reservation', rest),
		resources: resourceEntries(viewer, resourceIds),
		// Their contents are not public.
		checkpoints: [],
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

function resourceEntries({ tenant, settings }: Viewer, resourceIds: readonly string[]): object[] {
	return tenant.resources
		.filter(({ id }) => resourceIds.includes(id))
		.map((resource) => ({
			resourceId: resource.id,
			resourceName: resource.name,
			resourceType: resource.type,
			resourceSubType: resource.subType,
			resourceNetworkId: networkOf(resource, settings).networkId,
			resourceFloorId: resource.floorId,
			resourceFloorName: resource.floorName,
		}));
}
