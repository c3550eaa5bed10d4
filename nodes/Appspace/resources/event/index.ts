import type { Resource } from '../../runtime/operation';
import { cancel } from './cancel.operation';
import { checkIn } from './checkIn.operation';
import { checkOut } from './checkOut.operation';
import { end } from './end.operation';
import { extend } from './extend.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getMine } from './getMine.operation';
import { move } from './move.operation';
import { release } from './release.operation';

export const event: Resource = {
	value: 'event',
	name: 'Booking Event',
	description: 'The dated instances of reservations: check in, move, end, cancel',
	role: 'Reservation Reader (to read) or Reservation Writer (to change)',
	operations: [getAll, get, getMine, checkIn, checkOut, extend, move, end, release, cancel],
};
