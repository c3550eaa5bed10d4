import type { Resource } from '../../runtime/operation';
import { create } from './create.operation';
import { deleteReservation } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const reservation: Resource = {
	value: 'reservation',
	name: 'Reservation',
	description: 'Bookings of rooms, desks, and other spaces',
	role: 'Reservation Reader (to read) or Reservation Writer (to change)',
	operations: [create, getAll, get, update, deleteReservation],
};
