import type { Resource } from '../../runtime/operation';
import { checkPeopleAvailability } from './checkPeopleAvailability.operation';
import { findAvailable } from './findAvailable.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getEvents } from './getEvents.operation';
import { getSchedule } from './getSchedule.operation';

export const space: Resource = {
	value: 'space',
	name: 'Space or Desk',
	description: 'Rooms, desks, floors, and other spaces, and when they are free',
	role: 'Reservation Reader',
	operations: [getAll, get, getEvents, findAvailable, getSchedule, checkPeopleAvailability],
};
