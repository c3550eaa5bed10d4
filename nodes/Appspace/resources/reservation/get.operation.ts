import { reservationLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyReservation } from './reservationRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get reservation',
	description: 'Get one reservation by its ID',
	effect: 'read',
	endpoints: ['GET reservation/reservations/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [reservationLocator],
	simplify: simplifyReservation,

	async run(call) {
		return await call.record({
			path: path`reservation/reservations/${call.id('reservationId')}`,
		});
	},
};
