import type { Service } from './endpoint.mts';
import { eventEndpoints } from './bookingEvents.mts';
import { reservationEndpoints } from './reservations.mts';
import { resourceEndpoints } from './resources.mts';

export const reservation: Service = {
	name: 'reservation',
	title: 'Reservation',
	endpoints: [...eventEndpoints, ...reservationEndpoints, ...resourceEndpoints],
};
